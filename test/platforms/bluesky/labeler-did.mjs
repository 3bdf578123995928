// A DID for a labeler in the directory: its key signs labels, and its document says where it answers. Prints DID and
// key as JSON. For npm run test:platforms.
import { Secp256k1Keypair } from '@atproto/crypto';
import * as plc from '@did-plc/lib';

const [directory, endpoint] = process.argv.slice(2);
const keypair = await Secp256k1Keypair.create({ exportable: true });
const operation = await plc.signOperation(
  {
    type: 'plc_operation',
    alsoKnownAs: [],
    rotationKeys: [keypair.did()],
    verificationMethods: { atproto_label: keypair.did() },
    services: { atproto_labeler: { type: 'AtprotoLabeler', endpoint } },
    prev: null,
  },
  keypair,
);
const did = await plc.didForCreateOp(operation);
const { ok } = await fetch(`${directory}/${did}`, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(operation),
});
if (!ok) throw new Error('the directory does not take it');
console.log(JSON.stringify({ did, signingKeyHex: Buffer.from(await keypair.export()).toString('hex') }));
