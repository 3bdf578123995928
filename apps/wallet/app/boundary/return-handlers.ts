/** The worker's side of coming back (return-actions.ts). */
import type { KeeperFault } from '../../engine/ask-keepers.ts';
import type { Device } from './device.ts';
import type { ReturnActions } from './return-actions.ts';
import type { Handlers } from './rpc.ts';

export function returnHandlers(device: Device): Pick<Handlers, keyof ReturnActions> {
  // Of the recall that just succeeded: named once everybody has spoken.
  let everyFault: Promise<KeeperFault[]> = Promise.resolve([]);
  return {
    recall: ({ words }, onStep) =>
      device.alone(async () => {
        onStep('keepers');
        const { wallet } = await device.ready();
        const back = await wallet.recall(words);
        everyFault = back.everyFault;
        return { othersTries: Math.max(0, back.triesBefore - back.triesHere) };
      }),
    keeperFaults: async () => {
      const { policy } = await device.ready();
      const titleOf = (name: string) =>
        policy.tags.keepers.find((keeper) => keeper.name === name)?.title ?? name;
      return (await everyFault).map(({ keeper, fault }) => ({ keeper: titleOf(keeper), fault }));
    },
    objectToReset: () =>
      device.alone(async () => {
        await (await device.ready()).wallet.objectToReset();
        return null;
      }),
    watchReturn: () => device.alone(async () => (await device.ready()).wallet.watchReturn()),
    noteWatched: () =>
      device.alone(async () => {
        await (await device.ready()).wallet.noteWatched();
        return null;
      }),
  };
}
