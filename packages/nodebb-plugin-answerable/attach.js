// @ts-check
/**
 * An account from before is attached to the person who uses it: they are sent to the gateway with it, come back by the
 * sign-in, and the forum puts to it the `sub` that the gateway says. Only where the settings say that the gateway knows
 * accounts from before by their uid.
 * Must never: put a `sub` to an account that the gateway did not name with it, or to a second one.
 */
'use strict';

const { isLocal } = require('./forum.js');

/** Who has gone to the gateway with an account, by when. Looked at when somebody comes back by the sign-in. */
const underWay = 'answerable:attaching';
const underWayMax = 20;
/** A code of the gateway lasts for minutes, and the answer in the wallet a while. */
const underWayMsMax = 3_600_000;
const handleCharsMax = 30;

/** @typedef {import('./may-write.js').Parts} Parts */

/**
 * @param {Parts} parts
 * @param {(path: string) => any} nodebb   NodeBB's `require`
 */
function attaching({ forum, gateway, settings, url }, nodebb) {
  const db = nodebb('./src/database');
  const word = `${settings.strategy}Id`;

  /** The account's name there; the gateway says it of accounts that it was told of. @param {string} uid */
  async function nameFor(uid) {
    const known = await gateway?.earlier(uid);
    return known && (known.handle ?? handleOf((await forum.namesOf(uid)).username));
  }

  /** @param {string} uid @param {number} since */
  async function lookAt(uid, since) {
    const known = await gateway?.earlier(uid);
    if (known?.sub) await put(uid, known.sub);
    if (known?.sub || since < Date.now() - underWayMsMax) await db.sortedSetRemove(underWay, uid);
  }

  /** @param {string} own   who is signed in here comes back from there, however many others are under way */
  async function lookAtAll(own) {
    const waiting = await db.getSortedSetRevRangeWithScores(underWay, 0, underWayMax - 1);
    const since = new Map(
      waiting.map((/** @type {any} */ { value, score }) => [String(value), Number(score)]),
    );
    const ownSince = own === '' ? null : await db.sortedSetScore(underWay, own);
    if (ownSince !== null) since.set(own, Number(ownSince));
    await Promise.all([...since].map(([uid, at]) => lookAt(uid, at)));
  }

  /** As the sign-in plugin keeps it, which then lets this account in. @param {string} uid @param {string} sub */
  async function put(uid, sub) {
    const [holder, own] = [await db.getObjectField(`${word}:uid`, sub), await forum.subOf(uid)];
    if ((holder && String(holder) !== uid) || (own !== null && own !== sub)) return;
    await db.setObjectField(`${word}:uid`, sub, uid);
    await db.setObjectField(`user:${uid}`, word, sub);
  }

  return {
    /** Whether this member is asked. @param {number} uid @param {string | null} sub */
    mayAttach: (uid, sub) => settings.earlier && isLocal(uid) && sub === null,
    /** POST: where the browser goes; undefined if it cannot be done. @param {any} req */
    async begin(req) {
      const uid = String(req.uid);
      const handle = await nameFor(uid);
      const address = handle && (await gateway?.claim(uid, handle, `${url}/auth/${settings.strategy}`));
      if (address) await db.sortedSetAdd(underWay, Date.now(), uid);
      return address;
    },
    /** Before the sign-in plugin sees who comes back. @param {any} req @param {any} _res @param {(error?: unknown) => void} next */
    async arrive(req, _res, next) {
      try {
        if (settings.earlier && req.params.strategy === settings.strategy)
          await lookAtAll(String(req.user?.uid ?? ''));
        next();
      } catch (error) {
        // Let in without the word, they would be a newcomer.
        next(error);
      }
    },
  };
}

/** As the gateway writes names of accounts. @param {string} username @returns {string | undefined} */
function handleOf(username) {
  const plain = username.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const handle = plain.replace(/[^a-z0-9]+/g, '_').slice(0, handleCharsMax);
  return handle.length >= 3 ? handle : undefined;
}

module.exports = { attaching, handleCharsMax, handleOf };
