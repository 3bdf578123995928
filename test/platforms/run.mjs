// npm run test:platforms: drives real platforms, never part of npm test.
//   npm run test:platforms                                   a Bluesky PDS and Ozone, from npm, on loopback
//   npm run test:platforms -- --nodebb PATH --url URL --token TOKEN [--strategy NAME] [--uid 1] [--cid 2]
//     a NodeBB for trying that you run already: a master token, for whom it acts, and a category to post in; with
//     --strategy people come in through the forum's sign-in plugin, which is told the gateway of this run if it has none.
//     If its config.json has "answerable", then our plugin in it is driven instead, before a gateway that is started where
//     it asks
//   npm run test:platforms -- --wordpress PATH --url URL --for-trying
//     a WordPress for trying that you run already on this machine, with `php`, its sign-in plugin and answerable.php
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CannotInstall, installBluesky } from './install.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { values } = parseArgs({
  options: {
    nodebb: { type: 'string' },
    url: { type: 'string' },
    token: { type: 'string' },
    strategy: { type: 'string' },
    uid: { type: 'string' },
    cid: { type: 'string' },
    wordpress: { type: 'string' },
    'for-trying': { type: 'boolean' },
  },
});
const env = { ...process.env, ANSWERABLE_MODE: 'practice' };

function drive(files, more) {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const args = [vitest, 'run', '--config', join(root, 'test/platforms/vitest.config.ts'), ...files];
  return (
    spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env: { ...env, ...more } }).status ?? 1
  );
}

if (values.nodebb !== undefined) {
  if (!values.url || !values.token) {
    console.error(
      'With --nodebb PATH also say --url (where it answers) and --token (of its write API, for an administrator).',
    );
    process.exit(2);
  }
  const { nodebb: path, url, token, strategy = '', uid = '1', cid = '2' } = values;
  const config = join(path, 'config.json');
  const asks = existsSync(config) ? JSON.parse(readFileSync(config, 'utf8')).answerable : undefined;
  const ours = asks?.earlier ? ['nodebb-acts.test', 'nodebb-claims.test'] : ['nodebb-acts.test'];
  process.exit(
    drive(asks ? ours : ['nodebb.test', 'nodebb-desk.test'], {
      NODEBB_PATH: path,
      NODEBB_URL: url,
      NODEBB_TOKEN: token,
      NODEBB_STRATEGY: strategy,
      NODEBB_UID: uid,
      NODEBB_CID: cid,
    }),
  );
}
if (values.wordpress !== undefined) {
  if (!values.url || !values['for-trying']) {
    console.error(
      'With --wordpress PATH also say --url (where it answers) and --for-trying: accounts are made and removed there, and its sign-in is set anew meanwhile. Never name a site that people use.',
    );
    process.exit(2);
  }
  process.exit(drive(['wordpress'], { WORDPRESS_PATH: values.wordpress, WORDPRESS_URL: values.url }));
}
try {
  const { folder, node } = installBluesky();
  const status = drive(['bluesky'], { PLATFORM_FOLDER: folder, PLATFORM_NODE: node });
  console.log('NodeBB: not run here. It is not on npm; name a checkout that runs already with --nodebb.');
  process.exit(status);
} catch (error) {
  if (!(error instanceof CannotInstall)) throw error;
  console.error(`The real Bluesky PDS cannot be brought up here. ${error.message}`);
  process.exit(1);
}
