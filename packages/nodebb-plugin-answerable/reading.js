// @ts-check
/**
 * Reading in rooms that are not open to read, by the two questions that NodeBB asks itself before it shows, finds, counts,
 * feeds, federates or notifies anything of a category. For rooms that the settings call closed, and no other: an open forum
 * is not asked about page by page.
 * Must never: keep an answer longer than the request that it was for.
 */
'use strict';

const { isGroup, isLocal } = require('./forum.js');
const { roomOf } = require('./settings.js');

const readPrivileges = ['find', 'read', 'topics:read'];
/** Members that a notice would go to, asked about at a time. */
const atOnceMax = 50;

/** @typedef {import('./may-write.js').Parts} Parts @typedef {import('./may-write.js').Uid} Uid */

/** @param {Parts} parts */
function reading({ forum, gateway, settings }) {
  /** What one request was answered; it goes with the request. @type {WeakMap<object, Map<string, Promise<boolean>>>} */
  const answers = new WeakMap();

  /** @param {Uid} uid @param {string} room */
  async function ask(uid, room) {
    if (await forum.runsIt(uid)) return true;
    const sub = await forum.subOf(uid);
    const account = sub === null && settings.earlier && isLocal(uid) ? { account: String(uid) } : {};
    let answer = await gateway?.may({ sub, ...account, room, act: 'read' });
    if (answer === 'unknown' && 'account' in account) answer = await gateway?.may({ sub, room, act: 'read' });
    return typeof answer === 'object' && answer.may === 'yes';
  }

  /** @param {object | undefined} request @param {Uid} uid @param {string} room */
  function mayRead(request, uid, room) {
    if (!request) return ask(uid, room);
    const known = answers.get(request) ?? new Map();
    answers.set(request, known);
    const key = `${room} ${uid}`;
    if (!known.has(key)) known.set(key, ask(uid, room));
    return known.get(key);
  }

  /** @param {unknown} privilege @param {unknown} cid */
  const closedRoom = (privilege, cid) => {
    const room = roomOf(settings, cid);
    return readPrivileges.includes(String(privilege)) && settings.closed.includes(room) ? room : undefined;
  };

  return {
    /** One account: several privileges in one category, or one privilege in several. @param {any} asked */
    async read(asked) {
      const { privilege, uid, cid, allowed, caller } = asked;
      if (settings.closed.length === 0 || isGroup(uid)) return asked;
      const may = allowed.map(async (/** @type {boolean} */ yes, /** @type {number} */ at) => {
        const room = Array.isArray(cid) ? closedRoom(privilege, cid[at]) : closedRoom(privilege[at], cid);
        return yes && (room === undefined || (await mayRead(caller, uid, room)));
      });
      return { ...asked, allowed: await Promise.all(may) };
    },

    /** Several accounts, one category: who is told of something there. @param {any} asked */
    async readers(asked) {
      const { privilege, uids, cid, allowed, caller } = asked;
      const room = closedRoom(privilege, cid);
      if (room === undefined) return asked;
      /** @type {boolean[]} */
      const may = [];
      for (let from = 0; from < uids.length; from += atOnceMax) {
        const some = uids
          .slice(from, from + atOnceMax)
          .map(async (/** @type {Uid} */ uid, /** @type {number} */ at) =>
            allowed[from + at] ? mayRead(caller, uid, room) : false,
          );
        may.push(...(await Promise.all(some)));
      }
      return { ...asked, allowed: may };
    },
  };
}

module.exports = { reading };
