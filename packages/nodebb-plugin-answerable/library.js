/**
 * Where NodeBB takes the plugin in, and the only file that reaches into it: by the `require` that it keeps for plugins.
 * Plain JavaScript, because Node strips no types below node_modules, where plugins lie. None of NodeBB's code is in here
 * (docs/decisions/2026-11-nodebb-plugin.md).
 */
'use strict';

const { makePlugin } = require('./plugin.js');

module.exports = makePlugin((path) => (globalThis.nodebb ?? require.main).require(path));
