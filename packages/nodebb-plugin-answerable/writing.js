// @ts-check
/**
 * NodeBB's hooks around posts, uploads and chats, each as a question about one act in one room. The hooks are the innermost
 * ones that know who writes, so that its API, its sockets, its queue and posts from other servers pass here too.
 */
'use strict';

const { Refused, requireMayWrite } = require('./may-write.js');
const { isGroup } = require('./forum.js');
const { roomOf } = require('./settings.js');

/** Names behind an @ in one text, and how many of them may be members. */
const handlesMax = 100;
const mentionsMax = 20;

/** @typedef {import('./may-write.js').Parts} Parts @typedef {import('./may-write.js').Reached} Reached */

/** @param {Parts} parts */
function writing(parts) {
  const { forum, settings } = parts;

  /** Whose handle is written as a mention, in a quotation too. @param {...unknown} texts @returns {Promise<Reached[]>} */
  async function mentioned(...texts) {
    const text = texts.map((one) => String(one ?? '')).join('\n');
    // Posts of other servers are HTML, with tags inside the names.
    const found = `${text}\n${text.replace(/<[^>]*>/g, '')}`.matchAll(/@([\p{L}\p{M}\d\-_.@]+)/gu);
    const slugs = [...new Set([...found].map(([, handle]) => forum.slug(handle ?? '')))].filter(Boolean);
    if (slugs.length > handlesMax) throw new Refused(`Please mention at most ${handlesMax} names at once.`);
    const uids = await Promise.all(slugs.map((slug) => forum.uidOf(slug)));
    const members = [...new Set(uids)].filter((uid) => uid !== null);
    if (members.length > mentionsMax)
      throw new Refused(`Please mention at most ${mentionsMax} members at once.`);
    return members.map((uid) => ({ uid, act: /** @type {const} */ ('mention') }));
  }

  /** Whoever began the topic hears of a reply as well as whoever is answered. @param {any} topic @param {unknown} toPid */
  async function answered({ uid }, toPid) {
    const others = toPid ? [await forum.post(toPid)] : [];
    return [{ uid }, ...others].map((one) => ({ uid: one.uid, act: /** @type {const} */ ('reply') }));
  }

  /** @param {any} data */
  async function mayBegin({ uid, cid, title, content, sourceContent }) {
    const reached = await mentioned(title, content, sourceContent);
    await requireMayWrite(parts, uid, { room: roomOf(settings, cid), act: 'post', reached });
  }

  /** @param {any} data */
  async function mayReply({ uid, tid, toPid, content, sourceContent }) {
    const topic = await forum.topic(tid);
    const reached = [...(await answered(topic, toPid)), ...(await mentioned(content, sourceContent))];
    await requireMayWrite(parts, uid, { room: roomOf(settings, topic.cid), act: 'reply', reached });
  }

  return {
    /** @param {any} data */
    async topic(data) {
      await mayBegin(data);
      return data;
    },

    /** @param {any} data */
    async reply(data) {
      await mayReply(data);
      return data;
    },

    /** Asked at once, so that whoever writes hears it; and again when it comes out of the queue. @param {any} queued */
    async queue(queued) {
      const { type, uid, data } = queued;
      if (type === 'topic') await mayBegin({ ...data, uid });
      if (type === 'reply') await mayReply({ ...data, uid });
      return queued;
    },

    /** A changed post is a written one: else it would be changed to what may not be written. @param {any} edited */
    async edit(edited) {
      const { uid, data } = edited;
      const post = await forum.post(data.pid);
      const topic = await forum.topic(post.tid);
      const opens = String(topic.mainPid) === String(data.pid);
      const reached = [
        ...(opens ? [] : await answered(topic, post.toPid)),
        ...(await mentioned(data.title, data.content, data.sourceContent)),
      ];
      await requireMayWrite(parts, uid, {
        room: roomOf(settings, topic.cid),
        act: opens ? 'post' : 'reply',
        reached,
      });
      return edited;
    },

    /** Before a chat with somebody is opened or they are asked into one. @param {any} asked */
    async canMessage({ uid, toUid }) {
      try {
        const reached = [{ uid: toUid, act: /** @type {const} */ ('message') }];
        await requireMayWrite(parts, uid, { room: settings.messages, act: 'message', reached });
      } catch (error) {
        // A profile asks this for its button, and takes only words of NodeBB's own kind for a "no".
        if (error instanceof Refused) throw new Error(`[[error:answerable, ${escaped(error.message)}]]`);
        throw error;
      }
    },

    /** @param {any} message */
    async message(message) {
      // "… has joined": the forum's own words.
      if (message.system) return message;
      const { fromuid: uid, roomId, content } = message;
      const { shared, uids } = await forum.chat(roomId);
      const reached = shared
        ? await mentioned(content)
        : uids.map((other) => ({ uid: other, act: /** @type {const} */ ('message') }));
      await requireMayWrite(parts, uid, { room: settings.messages, act: 'message', reached });
      return message;
    },

    /** NodeBB does not say here in which chat. @param {any} edited */
    async editMessage(edited) {
      await requireMayWrite(parts, edited.caller?.uid ?? 0, { room: settings.messages, act: 'message' });
      return edited;
    },

    /**
     * Two acts have no hook of their own and ask for exactly one privilege when they are done: an upload, and putting a
     * topic into another category as well. Lists of privileges, and of categories, are for showing buttons.
     * @param {any} asked
     */
    async privilege(asked) {
      const { privilege, uid, cid, allowed } = asked;
      if (allowed.length !== 1 || !allowed[0] || isGroup(uid)) return asked;
      if (Array.isArray(privilege) && /^upload:post:/.test(privilege[0]))
        await requireMayWrite(parts, uid, { room: settings.uploads, act: 'upload' });
      if (privilege === 'topics:crosspost' && Array.isArray(cid)) {
        const room = roomOf(settings, cid[0]);
        const may = await requireMayWrite(parts, uid, { room, act: 'post' }).then(() => true, refusedIsFalse);
        return { ...asked, allowed: [may] };
      }
      return asked;
    },
  };
}

/** @param {unknown} error */
function refusedIsFalse(error) {
  if (error instanceof Refused) return false;
  throw error;
}

/** @param {string} words */
const escaped = (words) => words.replaceAll('%', '&#37;').replaceAll(',', '&#44;');

module.exports = { writing };
