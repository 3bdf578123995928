/**
 * A passkey without a device (WebAuthn, ES256, no attestation): what an authenticator and a browser would answer
 * at one origin. For practice people at consoles, and for tests that lie with it.
 */
import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';

const userPresent = 0x01;
const userVerified = 0x04;
const keyIncluded = 0x40;
const credentialBytes = 16;
const coordinateBytes = 32;

/** What a test may have the device get wrong. */
export interface Lie {
  origin?: string;
  host?: string;
  /** the person was not asked for a finger, a face or a PIN */
  unverified?: boolean;
  /** the counter to show, in place of the next */
  counter?: number;
}

export interface SoftwarePasskey {
  id: string;
  make(options: { challenge: string }, lie?: Lie): object;
  use(options: { challenge: string }, lie?: Lie): object;
}

export function softwarePasskey(origin: string): SoftwarePasskey {
  const credential = randomBytes(credentialBytes);
  const id = credential.toString('base64url');
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  let counter = 0;

  const dataFor = (flags: number, lie: Lie, more: Buffer = Buffer.alloc(0)): Buffer => {
    const host = lie.host ?? new URL(origin).hostname;
    const place = createHash('sha256').update(host).digest();
    counter = lie.counter ?? counter + 1;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    const seen = lie.unverified ? userPresent : userPresent | userVerified;
    return Buffer.concat([place, Buffer.from([flags | seen]), count, more]);
  };
  const clientData = (type: string, challenge: string, lie: Lie): Buffer =>
    Buffer.from(JSON.stringify({ type, challenge, origin: lie.origin ?? origin, crossOrigin: false }));
  const answer = (response: object) => ({
    id,
    rawId: id,
    type: 'public-key',
    clientExtensionResults: {},
    response,
  });

  return {
    id,
    make({ challenge }, lie = {}) {
      const length = Buffer.from([0, credentialBytes]);
      const attested = Buffer.concat([Buffer.alloc(16), length, credential, coseKey(publicKey)]);
      const authData = dataFor(keyIncluded, lie, attested);
      return answer({
        clientDataJSON: clientData('webauthn.create', challenge, lie).toString('base64url'),
        attestationObject: attestationObject(authData).toString('base64url'),
        transports: ['internal'],
      });
    },
    use({ challenge }, lie = {}) {
      const authData = dataFor(0, lie);
      const said = clientData('webauthn.get', challenge, lie);
      const signed = Buffer.concat([authData, createHash('sha256').update(said).digest()]);
      return answer({
        clientDataJSON: said.toString('base64url'),
        authenticatorData: authData.toString('base64url'),
        signature: createSign('sha256').update(signed).sign(privateKey).toString('base64url'),
      });
    },
  };
}

// CBOR (RFC 8949) of the only two maps that are needed. COSE: kty EC2, alg ES256, crv P-256, x, y.
function coseKey(key: KeyObject): Buffer {
  const { x, y } = key.export({ format: 'jwk' });
  const coordinate = (name: number, value: string | undefined) =>
    Buffer.concat([Buffer.from([name, 0x58, coordinateBytes]), Buffer.from(value ?? '', 'base64url')]);
  const head = Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01]);
  return Buffer.concat([head, coordinate(0x21, x), coordinate(0x22, y)]);
}

function attestationObject(authData: Buffer): Buffer {
  const text = (word: string) => Buffer.concat([Buffer.from([0x60 + word.length]), Buffer.from(word)]);
  return Buffer.concat([
    Buffer.from([0xa3]),
    text('fmt'),
    text('none'),
    text('attStmt'),
    Buffer.from([0xa0]),
    text('authData'),
    Buffer.from([0x58, authData.length]),
    authData,
  ]);
}
