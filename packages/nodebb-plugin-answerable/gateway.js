// @ts-check
/**
 * The only door to the gateway. It asks anew each time: answers are not for keeping (`no-store`), and a block counts at once.
 * Must never: let the token out, follow a redirect with it, or log what was asked about whom.
 */
'use strict';

const answerMsMax = 2_000;
const answerBytesMax = 64 * 1024;

/**
 * @typedef {object} Question
 * @property {string | null} sub
 * @property {string} [account]
 * @property {string} room
 * @property {'read' | 'post' | 'reply' | 'mention' | 'message' | 'upload'} act
 * @property {string} [to]
 * @property {boolean} [inTouch]
 *
 * @typedef {{ may: string, words: string }} May
 * @typedef {{ reply: boolean, mention: boolean, message: boolean }} Wishes
 */

/** @param {import('./settings.js').Settings} settings */
function gatewayOf({ gateway, token }) {
  /**
   * @param {'GET' | 'POST' | 'PUT'} method
   * @param {string} path
   * @param {object} [body]
   * @returns {Promise<Record<string, unknown> | undefined>} undefined: nothing that can be understood, in time
   */
  async function ask(method, path, body) {
    try {
      const response = await fetch(new URL(`/platform/${path}`, gateway), {
        method,
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        ...(body ? { body: JSON.stringify(body) } : {}),
        redirect: 'error',
        signal: AbortSignal.timeout(answerMsMax),
      });
      const said = JSON.parse(await shortText(response));
      return typeof said === 'object' && said !== null ? said : undefined;
    } catch {
      return undefined;
    }
  }

  return {
    /**
     * @param {Question} question
     * @returns {Promise<May | 'unknown' | undefined>} unknown: the gateway does not have this account
     */
    async may(question) {
      const said = await ask('POST', 'acts', question);
      if (said?.code === 'account_unknown') return 'unknown';
      const { may, words } = said ?? {};
      return typeof may === 'string' && typeof words === 'string' ? { may, words } : undefined;
    },
    /** @param {string} sub @returns {Promise<Wishes | undefined>} */
    async wishes(sub) {
      const wishes = (await ask('GET', `accounts/${encodeURIComponent(sub)}/wishes`))?.wishes;
      return isWishes(wishes) ? wishes : undefined;
    },
    /** Where a member reads who knocks, the same for everybody. */
    async wallet() {
      const reach = (await ask('GET', 'wallet'))?.reach;
      return typeof reach === 'string' && /^https?:\/\//.test(reach) ? reach : undefined;
    },
    /** Of the policy in force; undefined where it has no rooms, or the gateway is away. */
    async rooms() {
      const policy = /** @type {{ rooms?: { id: string, acts?: { read?: string } }[] } | undefined} */ (
        (await ask('GET', 'policy'))?.policy
      );
      return policy?.rooms?.map(({ id, acts }) => ({ id, closed: (acts?.read ?? 'open') !== 'open' }));
    },
    /**
     * @param {string} account   from before, as the forum calls it
     * @returns {Promise<{ handle?: string, sub?: string } | undefined>} what it became; nothing in it if it is not known
     */
    async earlier(account) {
      const accounts = (await ask('GET', `claims?account=${encodeURIComponent(account)}`))?.accounts;
      if (!Array.isArray(accounts)) return undefined;
      const found = accounts.find((one) => one?.account === account) ?? {};
      return Object.fromEntries(
        Object.entries(found).filter(([, value]) => typeof value === 'string' && value !== ''),
      );
    },
    /**
     * Accounts from before; the same one again is nothing new.
     * @param {{ account: string, handle: string }[]} accounts
     * @returns {Promise<'none taken' | 'some taken' | 'over' | undefined>} taken: somebody else has the name
     */
    async tellEarlier(accounts) {
      const { taken, code } = (await ask('POST', 'claims/accounts', { accounts })) ?? {};
      if (code === 'claim_over') return 'over';
      return typeof taken === 'number' ? (taken > 0 ? 'some taken' : 'none taken') : undefined;
    },
    /** Where its member's browser goes with it. @param {string} account @param {string} handle @param {string} returnTo */
    async claim(account, handle, returnTo) {
      const address = (await ask('POST', 'claims', { account, handle, returnTo }))?.address;
      return typeof address === 'string' && address.startsWith(`${gateway}/`) ? address : undefined;
    },
    /** @param {string} sub @param {Wishes} wishes */
    keepWishes: async (sub, wishes) =>
      (await ask('PUT', `accounts/${encodeURIComponent(sub)}/wishes`, wishes))?.ok === true,
    /** @param {string} owner @param {string} blocked */
    block: async (owner, blocked) => (await ask('POST', 'blocks', { owner, blocked }))?.ok === true,
    /** @param {string} owner @param {string} blocked */
    unblock: async (owner, blocked) => (await ask('POST', 'blocks/removal', { owner, blocked }))?.ok === true,
    /** @param {string} from @param {string} to */
    knock: async (from, to) => (await ask('POST', 'knocks', { from, to }))?.knock === 'held',
  };
}

/** @param {Response} response */
async function shortText(response) {
  const parts = [];
  let bytes = 0;
  const body = /** @type {AsyncIterable<Uint8Array>} */ (/** @type {unknown} */ (response.body ?? []));
  for await (const part of body) {
    bytes += part.length;
    if (bytes > answerBytesMax) throw new Error('too long');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** @param {unknown} value @returns {value is Wishes} */
const isWishes = (value) =>
  typeof value === 'object' &&
  value !== null &&
  ['reply', 'mention', 'message'].every((act) => typeof (/** @type {any} */ (value)[act]) === 'boolean');

module.exports = { gatewayOf };
