// @ts-check
/**
 * The plugin, made for one NodeBB: settings read, hooks answered. With wrong settings nobody but those who run the forum
 * writes, and the log says which fields are wrong.
 */
'use strict';

const { tellingEarlier } = require('./earlier.js');
const { forumOf } = require('./forum.js');
const { gatewayOf } = require('./gateway.js');
const { mountPages, profileMenu } = require('./pages.js');
const { reading } = require('./reading.js');
const { readSettings } = require('./settings.js');
const { writing } = require('./writing.js');

/** Stands where the settings are wrong; no room of it is ever asked about. @type {import('./settings.js').Settings} */
const none = {
  gateway: '',
  token: '',
  strategy: '',
  rooms: {},
  closed: [],
  earlier: false,
  otherwise: '',
  messages: '',
  uploads: '',
};

/** @param {(path: string) => any} nodebb   NodeBB's `require` */
function makePlugin(nodebb) {
  const nconf = nodebb('nconf');
  const log = nodebb('winston');
  const read = readSettings(nconf.get('answerable'));
  const settings = 'settings' in read ? read.settings : none;
  const parts = {
    forum: forumOf(nodebb, settings.strategy),
    gateway: 'settings' in read ? gatewayOf(settings) : undefined,
    settings,
    url: String(nconf.get('url')),
  };

  async function look() {
    if ('wrong' in read)
      return log.error(
        `[answerable] Nobody but administrators and global moderators can write: in config.json, "answerable" is not right (${read.wrong.join(', ')}).`,
      );
    const known = await parts.gateway?.rooms();
    if (!known) return;
    const ids = known.map(({ id }) => id);
    const used = [...Object.values(settings.rooms), settings.otherwise, settings.messages, settings.uploads];
    const missing = [...new Set([...used, ...settings.closed])].filter((room) => !ids.includes(room));
    if (missing.length > 0)
      log.warn(`[answerable] The policy has no room "${missing.join('", "')}": nothing can be done there.`);
    const open = known.filter(
      ({ id, closed }) => closed && used.includes(id) && !settings.closed.includes(id),
    );
    if (open.length > 0)
      log.warn(
        `[answerable] EVERYBODY CAN READ "${open.map(({ id }) => id).join('", "')}", which the policy has closed: "closed" in config.json does not name it.`,
      );
  }

  return {
    ...reading(parts),
    ...writing(parts),
    profileMenu: profileMenu(parts),
    /** @param {{ router: any, middleware: any }} server */
    async load(server) {
      mountPages(parts, nodebb, server);
      await look();
      // A large forum has many: nobody waits for it.
      if (settings.earlier) tellingEarlier(parts, nodebb, log)();
    },
  };
}

module.exports = { makePlugin };
