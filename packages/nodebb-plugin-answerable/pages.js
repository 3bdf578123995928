// @ts-check
/**
 * What a member says here for the gateway to keep: who may reach them, a block that holds the person, a knock; and for
 * everybody, what they can do when they were refused. The forum keeps nothing of it, and reads blocks and knocks nowhere.
 * Must never: say that something was done because an address says so; a link could then make a target feel safe.
 */
'use strict';

const { attaching } = require('./attach.js');

/** @typedef {import('./may-write.js').Parts} Parts */

const acts = /** @type {const} */ (['reply', 'mention', 'message']);

/**
 * @param {Parts} parts
 * @param {(path: string) => any} nodebb
 * @param {{ router: any, middleware: any }} server
 */
function mountPages(parts, nodebb, { router, middleware }) {
  const { setupPageRoute } = nodebb('./src/routes/helpers');
  const { redirect } = nodebb('./src/controllers/helpers');
  const attach = attaching(parts, nodebb);
  setupPageRoute(router, '/answerable', [], showMine(parts, attach));
  setupPageRoute(router, '/answerable/:userslug', [], showMember(parts, redirect));
  // The menu of a profile leads to addresses below it and to no others.
  setupPageRoute(router, '/user/:userslug/answerable', [], (/** @type {any} */ req, /** @type {any} */ res) =>
    redirect(res, `/answerable/${encodeURIComponent(req.params.userslug)}`),
  );
  const posted = [middleware.authenticateRequest, middleware.ensureLoggedIn, middleware.applyCSRF];
  const { pathname } = new URL(parts.url);
  const sent = asked(pathname.replace(/\/$/, ''));
  router.post('/answerable', posted, sent(keepWishes(parts)));
  router.post('/answerable-attach', posted, sent(attachMine(parts, attach)));
  router.get('/auth/:strategy/callback', attach.arrive);
  router.post('/answerable/:userslug', posted, sent(sayOfMember(parts)));
}

/** GET /answerable @param {Parts} parts @param {ReturnType<attaching>} attach */
function showMine({ forum, gateway, settings }, attach) {
  return async (/** @type {any} */ req, /** @type {any} */ res) => {
    const sub = await forum.subOf(req.uid);
    const wishes = sub === null ? undefined : await gateway?.wishes(sub);
    res.render('answerable', {
      title: sub === null ? 'An account with a person behind it' : 'Who may reach you',
      answerable: sub !== null,
      loggedIn: req.uid > 0,
      attach: attach.mayAttach(req.uid, sub),
      join: `/auth/${settings.strategy}`,
      wallet: sub === null ? undefined : await gateway?.wallet(),
      wishes,
      ...told(req),
    });
  };
}

/** GET /answerable/:userslug @param {Parts} parts @param {(res: any, path: string) => void} redirect */
function showMember({ forum, gateway }, redirect) {
  return async (/** @type {any} */ req, /** @type {any} */ res, /** @type {any} */ next) => {
    const uid = await forum.uidOf(req.params.userslug);
    if (uid === null) return next();
    const [mine, theirs] = [await forum.subOf(req.uid), await forum.subOf(uid)];
    if (uid === req.uid || mine === null) return redirect(res, '/answerable');
    const { username, userslug } = await forum.namesOf(uid);
    return res.render('answerable-member', {
      title: 'Between you and a member',
      username,
      userslug,
      answerable: theirs !== null,
      wallet: theirs === null ? undefined : await gateway?.wallet(),
      ...told(req),
    });
  };
}

/** POST /answerable @param {Parts} parts */
function keepWishes({ forum, gateway }) {
  return async (/** @type {any} */ req) => {
    const sub = await forum.subOf(req.uid);
    if (sub === null) return '/answerable';
    const wishes = Object.fromEntries(acts.map((act) => [act, req.body?.[act] === 'on']));
    const kept = await gateway?.keepWishes(sub, /** @type {any} */ (wishes));
    return tell(req, kept ? 'saved' : 'undone', '/answerable');
  };
}

/** POST /answerable-attach: with an account from before to the gateway @param {Parts} parts @param {ReturnType<attaching>} attach */
function attachMine({ forum }, attach) {
  return async (/** @type {any} */ req) => {
    if (!attach.mayAttach(req.uid, await forum.subOf(req.uid))) return '/answerable';
    return (await attach.begin(req)) || tell(req, 'notAttached', '/answerable');
  };
}

/** POST /answerable/:userslug, `say`: block, unblock or knock @param {Parts} parts */
function sayOfMember({ forum, gateway }) {
  return async (/** @type {any} */ req) => {
    const uid = await forum.uidOf(req.params.userslug);
    const [mine, theirs] = [await forum.subOf(req.uid), uid === null ? null : await forum.subOf(uid)];
    const say = String(req.body?.say);
    if (mine === null || theirs === null || uid === req.uid) return '/answerable';
    if (!gateway || !(say === 'block' || say === 'unblock' || say === 'knock'))
      return tell(req, 'undone', '/answerable');
    const done = await gateway[say](mine, theirs);
    return tell(req, done ? say : 'undone', `/answerable/${encodeURIComponent(req.params.userslug)}`);
  };
}

/** On each profile: of one's own who may reach one, of others' the block and the knock. @param {Parts} parts */
function profileMenu({ forum }) {
  return async (/** @type {any} */ menu) => {
    const { uid, callerUID, links } = menu;
    if ((await forum.subOf(uid)) === null) return menu;
    const self = String(uid) === String(callerUID);
    const name = self ? 'Who may reach you' : 'Block this person, or knock';
    const others = { other: !self, moderator: !self, globalMod: !self, admin: !self, canViewInfo: false };
    links.push({
      id: 'answerable',
      route: 'answerable',
      name,
      icon: 'fa-hand',
      visibility: { self, ...others },
    });
    return menu;
  };
}

/** For the page that the browser is sent to, once. @param {any} req @param {string} what @param {string} path */
function tell(req, what, path) {
  req.session.answerable = { what, path };
  return path;
}

/** What was done just now, and shown here. @param {any} req @returns {Record<string, boolean>} */
function told(req) {
  const { what = '', path = '' } = req.session?.answerable ?? {};
  if (path !== req.path.replace(/^\/api/, '')) return {};
  delete req.session.answerable;
  return { [what]: true };
}

/** @param {string} below   where the forum lies at its origin @returns what answers a form */
const asked =
  (below) =>
  (/** @type {(req: any) => Promise<string>} */ say) =>
  async (/** @type {any} */ req, /** @type {any} */ res, /** @type {any} */ next) => {
    try {
      const to = await say(req);
      // The browser is at the next page before NodeBB has kept what this one put into the session, if that is left to it.
      await new Promise((resolve, reject) =>
        req.session.save((/** @type {unknown} */ error) => (error ? reject(error) : resolve(undefined))),
      );
      res.redirect(303, to.startsWith('/') ? below + to : to);
    } catch (error) {
      next(error);
    }
  };

module.exports = { mountPages, profileMenu };
