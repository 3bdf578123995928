// @ts-check
/**
 * Whether somebody may write here, and reach whom they would reach by it: asked of the gateway each time, refused in its
 * words, with the address where they find what they can do (docs/targets.md, spec/targets.md).
 * Must never: let somebody write because nobody answered; tell anybody who it was that a member blocked.
 */
'use strict';

/** Members that one post or message may reach at once. */
const reachedMax = 50;
const tooMany = `This would reach more than ${reachedMax} members at once, and each of them is asked about. Please write to fewer.`;
const away =
  'This forum cannot ask just now whether this may be done, so it waits. Nothing is wrong with your account, and nothing that you wrote is lost. Please try again in a few minutes.';
const unknown =
  'The gateway of this forum does not know your account any more. Please sign in again with your wallet.';

class Refused extends Error {}

/**
 * @typedef {import('./forum.js').Uid} Uid
 * @typedef {import('./gateway.js').Question} Question
 * @typedef {{ uid: Uid, act: Question['act'] }} Reached   whom it would reach, and how
 * @typedef {object} Parts
 * @property {ReturnType<typeof import('./forum.js').forumOf>} forum
 * @property {ReturnType<typeof import('./gateway.js').gatewayOf> | undefined} gateway   undefined: the settings are wrong
 * @property {import('./settings.js').Settings} settings
 * @property {string} url   of the forum
 */

/**
 * Throws Refused.
 * @param {Parts} parts
 * @param {Uid} uid
 * @param {{ room: string, act: Question['act'], reached?: Reached[] }} wanted
 */
async function requireMayWrite(parts, uid, { room, act, reached = [] }) {
  const { forum, gateway, settings } = parts;
  if (await forum.runsIt(uid)) return;
  if (!gateway) throw new Refused(away);
  const sub = await forum.subOf(uid);
  const earlier = sub === null && settings.earlier && Number(uid) > 0;
  const asked = { sub, ...(earlier ? { account: String(uid) } : {}), room, act };
  const doors = await doorsOf(parts, uid, reached);
  if (doors.length > reachedMax) throw new Refused(tooMany);
  // Whoever may not do it here at all hears that, and not of anybody in particular.
  await requireYes(parts, asked);
  await Promise.all(doors.map((door) => requireReach(parts, uid, asked, door)));
}

/**
 * @typedef {{ uid: Uid, act: Question['act'], to: string }} Door
 * @param {Parts} parts @param {Uid} uid @param {Reached[]} reached
 * @returns {Promise<Door[]>} members with somebody behind them, each once for each act, without whoever writes
 */
async function doorsOf({ forum }, uid, reached) {
  const others = new Map(
    reached.filter((one) => String(one.uid) !== String(uid)).map((one) => [`${one.act} ${one.uid}`, one]),
  );
  if (others.size > reachedMax) throw new Refused(tooMany);
  const doors = await Promise.all(
    [...others.values()].map(async (one) => ({ ...one, to: await forum.subOf(one.uid) })),
  );
  return doors.flatMap(({ to, ...one }) => (to === null ? [] : [{ ...one, to }]));
}

/** @param {Parts} parts @param {Question} asked */
async function requireYes(parts, asked) {
  const answer = await ask(parts, asked);
  if (answer.may !== 'yes') throw new Refused(withAddress(answer, parts.url, '/answerable'));
}

/** @param {Parts} parts @param {Uid} uid @param {Question} asked @param {Door} door */
async function requireReach(parts, uid, asked, { uid: owner, act, to }) {
  const { forum, url } = parts;
  let answer = await ask(parts, { ...asked, act, to });
  if (answer.may === 'knock' && (await forum.wroteTo(owner, uid)))
    answer = await ask(parts, { ...asked, act, to, inTouch: true });
  // The room was asked about before: this "no" says that the member has left, and nobody is reached there any more.
  if (answer.may === 'yes' || answer.may === 'no') return;
  const { userslug } = await forum.namesOf(owner);
  const door = answer.may === 'knock' ? `/answerable/${encodeURIComponent(userslug)}` : '/answerable';
  throw new Refused(withAddress(answer, url, door));
}

/** @param {Parts} parts @param {Question} asked @returns {Promise<import('./gateway.js').May>} */
async function ask({ gateway }, asked) {
  let answer = await gateway?.may(asked);
  if (answer === 'unknown' && asked.account !== undefined) {
    const { account: _, ...nobody } = asked;
    answer = await gateway?.may(nobody);
  }
  if (answer === 'unknown') throw new Refused(unknown);
  if (!answer) throw new Refused(away);
  return answer;
}

/** @param {import('./gateway.js').May} answer @param {string} url @param {string} path */
const withAddress = ({ may, words }, url, path) =>
  may === 'no' ? plain(words) : `${plain(words)} What you can do: ${url}${path}`;

/** NodeBB puts what is refused into a page and looks for its own marks in it. @param {string} words */
const plain = (words) => words.replace(/[<>&"[\]]/g, ' ').slice(0, 300);

module.exports = { Refused, requireMayWrite };
