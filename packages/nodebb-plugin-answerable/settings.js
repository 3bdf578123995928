// @ts-check
/**
 * What whoever runs the forum wrote under "answerable" in NodeBB's own config.json, which no browser is given. Read once.
 * Must never: repeat a value; the token is among them.
 */
'use strict';

const roomName = /^[a-z0-9][a-z0-9.-]{0,59}$/;
const strategyName = /^[\w-]{1,60}$/;
const tokenCharsMin = 32;
/** Everywhere that people write is in one of the rooms of the policy, also a category that is made tomorrow. */
const roomsOfTheirOwn = /** @type {const} */ (['otherwise', 'messages', 'uploads']);
const fields = ['gateway', 'token', 'strategy', 'rooms', 'closed', 'earlier', ...roomsOfTheirOwn];

/**
 * @typedef {object} Settings
 * @property {string} gateway    origin of the gateway
 * @property {string} token      the platform's own token there
 * @property {string} strategy   of the sign-in plugin, which keeps each member's `sub` under this name
 * @property {Record<string, string>} rooms   category → room of the policy
 * @property {string} otherwise  room of every other category
 * @property {string} messages   room of chat messages
 * @property {string} uploads    room of uploads
 * @property {string[]} closed   rooms of the policy that are not open to read
 * @property {boolean} earlier   accounts from before are known to the gateway by their uid
 */

/**
 * @param {unknown} raw
 * @returns {{ settings: Settings } | { wrong: string[] }} fields that are wrong, by name
 */
function readSettings(raw) {
  if (!isObject(raw)) return { wrong: ['answerable'] };
  const { gateway, token, strategy, rooms = {}, closed = [], earlier = false } = raw;
  const tests = {
    gateway: isOrigin(gateway),
    token: typeof token === 'string' && token.length >= tokenCharsMin,
    strategy: typeof strategy === 'string' && strategyName.test(strategy),
    rooms:
      isObject(rooms) && Object.entries(rooms).every(([cid, room]) => /^-?\d+$/.test(cid) && isRoom(room)),
    closed: Array.isArray(closed) && closed.every(isRoom),
    earlier: typeof earlier === 'boolean',
    ...Object.fromEntries(roomsOfTheirOwn.map((field) => [field, isRoom(raw[field])])),
  };
  const wrong = Object.entries(tests).flatMap(([field, right]) => (right ? [] : [field]));
  wrong.push(...Object.keys(raw).filter((field) => !fields.includes(field)));
  if (wrong.length > 0) return { wrong };
  const settings = { ...raw, gateway: new URL(String(gateway)).origin, rooms, closed, earlier };
  return { settings: /** @type {Settings} */ (/** @type {unknown} */ (settings)) };
}

/**
 * Posts that come from other servers are in category -1, and so is every category of theirs.
 * @param {Settings} settings
 * @param {unknown} cid
 */
const roomOf = ({ rooms, otherwise }, cid) =>
  rooms[/^-?\d+$/.test(String(cid)) ? String(cid) : '-1'] ?? otherwise;

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** @param {unknown} value */
const isRoom = (value) => typeof value === 'string' && roomName.test(value);

/** Plain http only to this machine: the token goes there. @param {unknown} value */
function isOrigin(value) {
  if (typeof value !== 'string' || !URL.canParse(value)) return false;
  const { protocol, hostname, pathname, search } = new URL(value);
  const near = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return (protocol === 'https:' || (protocol === 'http:' && near)) && pathname === '/' && search === '';
}

module.exports = { readSettings, roomOf };
