// A directory of did:plc on loopback, as far as a personal data server asks it: operations are kept in memory and
// checked for their signatures by the same library that the server makes them with. For npm run test:platforms.
import { createServer } from 'node:http';
import * as plc from '@did-plc/lib';

const bodyCharsMax = 64 * 1024;
const kept = new Map();

async function bodyOf(request) {
  let text = '';
  for await (const part of request) {
    text += part;
    if (text.length > bodyCharsMax) throw new Error('too long');
  }
  return JSON.parse(text);
}

async function add(did, operation) {
  const before = kept.get(did) ?? [];
  if (before.length === 0) {
    if ((await plc.didForCreateOp(operation)) !== did) throw new Error('another DID');
    await plc.assureValidSig(operation.rotationKeys, operation);
  } else await plc.assureValidSig(before.at(-1).rotationKeys, operation);
  kept.set(did, [...before, operation]);
}

// As plc.directory writes it; the library's own way of writing keys is older.
function documentOf({ did, verificationMethods, alsoKnownAs, services }) {
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id: did,
    alsoKnownAs,
    verificationMethod: Object.entries(verificationMethods).map(([name, key]) => ({
      id: `${did}#${name}`,
      type: 'Multikey',
      controller: did,
      publicKeyMultibase: key.replace('did:key:', ''),
    })),
    service: Object.entries(services).map(([name, { type, endpoint }]) => ({
      id: `#${name}`,
      type,
      serviceEndpoint: endpoint,
    })),
  };
}

async function answer(request) {
  const [, did, rest = ''] = /^\/(did:plc:[a-z2-7]{24})(\/.*)?$/.exec(decodeURIComponent(request.url)) ?? [];
  if (!did) return [200, {}];
  if (request.method === 'POST') {
    await add(did, await bodyOf(request));
    return [200, {}];
  }
  const last = kept.get(did)?.at(-1);
  if (!last) return [404, { message: 'not registered' }];
  const { verificationMethods, rotationKeys, alsoKnownAs, services } = last;
  const data = { did, verificationMethods, rotationKeys, alsoKnownAs, services };
  if (rest === '') return [200, documentOf(data)];
  if (rest === '/data') return [200, data];
  if (rest === '/log/last') return [200, last];
  return [404, { message: 'no' }];
}

const server = createServer((request, response) => {
  answer(request)
    .catch(() => [400, { message: 'refused' }])
    .then(([status, body]) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    });
});
server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('ready'));
process.on('SIGTERM', () => process.exit(0));
