/**
 * The worker's side of the record: showing, ending, devices, and the errands that a wallet does by itself while
 * it is open. A device that its person removed forgets everything, not only the credential.
 */
import { Refusal } from '@answerable/protocol/refusal';
import type { TrustPolicy } from '@answerable/protocol/trust-policy';
import type { Wallet } from '../../engine/wallet.ts';
import type { Device } from './device.ts';
import type { RecordNews, RecordView } from './record-actions.ts';
import type { Handlers } from './rpc.ts';

/** An errand that is overdue when the wallet opens waits a little, so that it does not say when that was. */
const overdueMsMax = 60_000;
const againMsMin = 5 * 60_000;
const againMsMax = 6 * 3_600_000;

let planned = false;
let removed = false;

type RecordHandlers = Pick<
  Handlers,
  'record' | 'exportRecord' | 'endRecord' | 'closeAccounts' | 'nameDevice' | 'removeDevice'
>;

export function recordHandlers(device: Device): RecordHandlers {
  const alone = <T>(act: (wallet: Wallet, policy: TrustPolicy) => Promise<T>) =>
    device.alone(async () => {
      const { wallet, policy } = await device.ready();
      return act(wallet, policy).catch(async (error: unknown) => {
        if (error instanceof Refusal && error.code === 'device_removed') await forgetIfRemoved(device);
        throw error;
      });
    });
  return {
    record: () =>
      alone(async (wallet, policy) => {
        if ((await wallet.lookIn()) === 'removed') {
          await forgetIfRemoved(device);
          throw new Refusal('device_removed');
        }
        return viewOf(await wallet.showRecord(), policy);
      }),
    exportRecord: () => alone((wallet) => wallet.exportRecord()),
    endRecord: ({ step }) =>
      alone(async (wallet) => {
        const { end } = await wallet.endRecord(step);
        await wallet.lookIn();
        return { end };
      }),
    closeAccounts: () => alone((wallet) => wallet.closeAccounts()),
    nameDevice: ({ label }) => alone((wallet) => wallet.nameDevice(label).then(() => null)),
    removeDevice: (which) => alone((wallet) => wallet.removeDevice(which.device).then(() => null)),
  };
}

/** What the home screen says of the record. */
export async function recordNews(wallet: Wallet): Promise<RecordNews> {
  const { seen, farewell } = await wallet.look();
  return { seen: seen ?? null, removed: removed || farewell !== undefined };
}

/** Does what is due while the wallet is open, at the times that the engine drew. */
export function errandsLater(device: Device): void {
  if (planned) return;
  planned = true;
  void plan(device, 0);
}

async function plan(device: Device, msMin: number): Promise<void> {
  try {
    const { due } = await device.alone(async () => (await device.ready()).wallet.planErrands());
    if (due === undefined) {
      planned = false;
      return;
    }
    const left = due - Date.now();
    const wait = left > 0 ? left : Math.random() * overdueMsMax;
    setTimeout(() => void run(device), Math.min(Math.max(wait, msMin), againMsMax));
  } catch {
    // Locked, or nobody answers: the next look plans anew.
    planned = false;
  }
}

async function run(device: Device): Promise<void> {
  try {
    await device.alone(async () => {
      const done = await (await device.ready()).wallet.doErrands();
      if (done.removed) await forgetIfRemoved(device);
    });
  } catch {
    // What was not done stays due.
  }
  await plan(device, againMsMin);
}

async function forgetIfRemoved(device: Device): Promise<void> {
  const { farewell } = await (await device.ready()).wallet.look();
  if (!farewell) return;
  removed = true;
  await device.forget();
}

function viewOf(
  { record, devices, seal }: Awaited<ReturnType<Wallet['showRecord']>>,
  { evidence }: TrustPolicy,
): RecordView {
  const titleOf = (route: string) => evidence.find(({ id }) => id === route)?.title ?? route;
  const routes = record.routes.map((used) => ({ ...used, route: titleOf(used.route) }));
  const { entropy: _entropy, sealed: _sealed, devices: _listed, attributes, ...rest } = record;
  const { lineage: _hidden, ...shown } = attributes;
  return { record: { ...rest, routes, attributes: shown }, devices, seal };
}
