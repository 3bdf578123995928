// An account that lives on another server: a DID in the directory with a key of its own, and the word of that key
// that it moves to `to`, as the old server would sign it. Prints both as JSON. For npm run test:platforms.
import { Secp256k1Keypair } from '@atproto/crypto';
import { createServiceJwt } from '@atproto/xrpc-server';
import * as plc from '@did-plc/lib';

const [directory, to] = process.argv.slice(2);
const keypair = await Secp256k1Keypair.create();
const { op, did } = await plc.createOp({
  signingKey: keypair.did(),
  rotationKeys: [keypair.did()],
  handle: 'migrant.old.example',
  pds: 'https://old.example',
  signer: keypair,
});
await fetch(`${directory}/${did}`, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(op),
});
const lxm = 'com.atproto.server.createAccount';
console.log(JSON.stringify({ did, token: await createServiceJwt({ iss: did, aud: to, lxm, keypair }) }));
