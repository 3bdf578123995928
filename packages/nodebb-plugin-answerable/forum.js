// @ts-check
/**
 * What is read of the forum, in the words of this plugin, through NodeBB's own modules. Nothing is written here.
 * Must never: take an account for answerable unless the sign-in plugin put a `sub` to it.
 */
'use strict';

/** Of a member's own latest posts and messages, when it is asked whether they wrote to somebody before. */
const lookedAtMax = 200;

/** A number, the same as a text, or the address of somebody on another server. @typedef {string | number} Uid */

/**
 * @param {(path: string) => any} nodebb   NodeBB's `require`
 * @param {string} strategy
 */
function forumOf(nodebb, strategy) {
  const [db, user, posts, topics, messaging] = ['database', 'user', 'posts', 'topics', 'messaging'].map(
    (name) => nodebb(`./src/${name}`),
  );
  const slugify = nodebb('./src/slugify');

  /** @param {Uid} from @param {Uid} to */
  async function hasReplied(from, to) {
    const pids = await db.getSortedSetRevRange(`uid:${from}:posts`, 0, lookedAtMax - 1);
    const written = await posts.getPostsFields(pids, ['toPid', 'tid']);
    const answered = written.flatMap((/** @type {any} */ { toPid }) => (toPid ? [toPid] : []));
    const begun = written.flatMap((/** @type {any} */ { toPid, tid }) => (toPid ? [] : [tid]));
    const [theirPosts, theirTopics] = await Promise.all([
      posts.getPostsFields(answered, ['uid']),
      topics.getTopicsFields(begun, ['uid']),
    ]);
    return [...theirPosts, ...theirTopics].some(({ uid }) => String(uid) === String(to));
  }

  /** In the room that these two have for themselves. @param {Uid} from @param {Uid} to */
  async function hasMessaged(from, to) {
    const roomId = await messaging.hasPrivateChat(from, to);
    if (!roomId) return false;
    const mids = await db.getSortedSetRevRange(`chat:room:${roomId}:mids`, 0, lookedAtMax - 1);
    const messages = await messaging.getMessagesFields(mids, ['fromuid', 'system']);
    return messages.some(
      (/** @type {any} */ { fromuid, system }) => String(fromuid) === String(from) && !Number(system),
    );
  }

  return {
    /** Who runs the forum is not asked about, so that it can be run. @param {Uid} uid @returns {Promise<boolean>} */
    runsIt: async (uid) => isLocal(uid) && user.isAdminOrGlobalMod(uid),
    /** @param {Uid} uid @returns {Promise<string | null>} */
    subOf: async (uid) =>
      isLocal(uid) ? ((await db.getObjectField(`user:${uid}`, `${strategy}Id`)) ?? null) : null,
    /** @param {string} slug @returns {Promise<number | null>} */
    uidOf: async (slug) => Number(await user.getUidByUserslug(slug)) || null,
    /** @param {Uid} uid @returns {Promise<{ username: string, userslug: string }>} */
    namesOf: (uid) => user.getUserFields(uid, ['username', 'userslug']),
    /** @param {unknown} tid @returns {Promise<{ cid: unknown, uid: Uid, mainPid: unknown }>} */
    topic: async (tid) => (await topics.getTopicFields(tid, ['cid', 'uid', 'mainPid'])) ?? {},
    /** @param {unknown} pid @returns {Promise<{ uid: Uid, tid: unknown, toPid?: unknown }>} */
    post: async (pid) => (await posts.getPostFields(pid, ['uid', 'tid', 'toPid'])) ?? {},
    /** @param {unknown} roomId @returns {Promise<{ shared: boolean, uids: Uid[] }>} */
    async chat(roomId) {
      const shared = await messaging.isRoomPublic(roomId);
      return { shared, uids: shared ? [] : await messaging.getUidsInRoom(roomId, 0, -1) };
    },
    /** As a handle behind an @ becomes a member's slug. @param {string} handle @returns {string} */
    slug: (handle) => slugify(handle),
    /** `from` wrote to `to`: a reply, or a message between the two. @param {Uid} from @param {Uid} to */
    wroteTo: async (from, to) => (await hasReplied(from, to)) || hasMessaged(from, to),
  };
}

/** @param {unknown} uid */
const isLocal = (uid) => /^[1-9]\d*$/.test(String(uid));

/**
 * NodeBB's pages about privileges ask for groups, by their names. Whatever else is no account is somebody without one.
 * @param {unknown} uid
 */
const isGroup = (uid) => typeof uid === 'string' && !/^(-?\d+)?$/.test(uid) && !uid.includes('://');

module.exports = { forumOf, isGroup, isLocal };
