// @ts-check
/**
 * Which accounts there were before: told to the gateway when the forum starts, so that it lets them do what they did until
 * the last day, and keeps their names for them. Who joined since the settings first said so is none of them: else whoever
 * makes an account here without a wallet would write as a member from before.
 * Must never: name an account that runs the forum, which no last day may shut; or anybody's address.
 */
'use strict';

const { handleCharsMax, handleOf } = require('./attach.js');

const accountsAtOnce = 100;
const againMs = 60_000;
/** When the settings said so first. */
const begun = 'answerable:earlier';

/**
 * @param {import('./may-write.js').Parts} parts
 * @param {(path: string) => any} nodebb   NodeBB's `require`
 * @param {{ warn(line: string): void }} log
 */
function tellingEarlier({ forum, gateway }, nodebb, log) {
  const db = nodebb('./src/database');

  async function sinceWhen() {
    const known = Number(await db.getObjectField(begun, 'since'));
    if (known) return known;
    const now = Date.now();
    await db.setObjectField(begun, 'since', now);
    return now;
  }

  /** @param {string} uid */
  async function accountOf(uid) {
    if ((await forum.runsIt(uid)) || (await forum.subOf(uid)) !== null) return [];
    const { username } = await forum.namesOf(uid);
    return [{ account: uid, handle: handleOf(username) ?? `member_${uid}` }];
  }

  /** @param {{ account: string, handle: string }[]} accounts @returns {Promise<'told' | 'over' | 'away'>} */
  async function tell(accounts) {
    const said = accounts.length === 0 ? 'none taken' : await gateway?.tellEarlier(accounts);
    if (said !== 'some taken') return said === 'over' ? 'over' : said === undefined ? 'away' : 'told';
    // Those that it has by now keep the name that it has for them.
    const others = accounts.map(({ account, handle }) => ({
      account,
      handle: `${handle.slice(0, handleCharsMax - account.length - 1)}_${account}`,
    }));
    return (await gateway?.tellEarlier(others)) === undefined ? 'away' : 'told';
  }

  async function tellAll() {
    const since = await sinceWhen();
    for (let from = 0; ; from += accountsAtOnce) {
      const uids = await db.getSortedSetRangeByScore('users:joindate', from, accountsAtOnce, '-inf', since);
      if (uids.length === 0) return 'told';
      const accounts = await Promise.all(uids.map(String).map(accountOf));
      const outcome = await tell(accounts.flat());
      if (outcome !== 'told') return outcome;
    }
  }

  return async function keepTelling() {
    /** @type {'told' | 'over' | 'away'} */
    const outcome = await tellAll().catch(() => 'away');
    if (outcome === 'over')
      log.warn(
        '[answerable] The gateway takes no accounts from before: its policy has no "claim", or the last day is over.',
      );
    if (outcome !== 'away') return;
    log.warn(
      '[answerable] The gateway could not be told which accounts are from before, so they cannot write. It is tried again in a minute.',
    );
    setTimeout(keepTelling, againMs).unref();
  };
}

module.exports = { tellingEarlier };
