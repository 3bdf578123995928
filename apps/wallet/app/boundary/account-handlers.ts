/** The worker's side of one account: calls signed with its key. */
import type { Device } from './device.ts';
import type { Handlers } from './rpc.ts';

type AccountHandlers = Pick<
  Handlers,
  'reach' | 'exportAccount' | 'tellName' | 'addEvidence' | 'closeAccount'
>;

export function accountHandlers(device: Device): AccountHandlers {
  const wallet = async () => (await device.ready()).wallet;
  return {
    reach: async ({ call, ...at }) => (await wallet()).sayReach(at, call),
    exportAccount: async (at) => {
      const kept = await (await wallet()).exportAccount(at);
      const name = `account-${at.platform}-${at.slot}.json`;
      return { name, text: JSON.stringify(kept, null, 2), named: kept.named !== null };
    },
    tellName: async ({ tell, ...at }) => (await wallet()).tellName(at, tell).then(nothing),
    addEvidence: async ({ caseId, words, ...at }) =>
      (await wallet()).addEvidence(at, { caseId, words }).then(nothing),
    closeAccount: async (at) => (await wallet()).closeAccount(at).then(nothing),
  };
}

const nothing = (): null => null;
