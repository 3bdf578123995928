// The presentation vectors: honest ones, and one for each way of cheating or spoiling that we know.

import { encodeCredential } from '@answerable/core/presentation/credential';
import { prove } from '@answerable/core/presentation/prove';
import type { Question } from '@answerable/core/presentation/question';
import { ATTRIBUTES, drawRegistrar, enrol } from '@answerable/core/presentation/scenario';
import { api, domainOf, knownPart, readCredential, scalarsOf, secretOf } from '../second/credential.ts';
import {
  decodePoint,
  decodeScalar,
  encodePoint,
  G,
  G_rec,
  H2C,
  inverse,
  mul,
  O,
  randomScalar,
  sum,
} from '../second/group.ts';
import { fromHex, I2OSP, join, numberOf, utf8 } from '../second/octets.ts';
import { type Deviation, provePresentation } from '../second/presentation.ts';
import { secondQuestion, type Vector } from '../verdicts.ts';
import * as world from '../world.ts';
import { bigger, type Made, pointOffTheSubgroup, replaced } from './made.ts';

const p = 0x1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaabn;

// Offsets in a presentation that discloses over_16 = yes and residence = gb: 1 + (1 + 3) + (1 + 2) octets first.
const at = { version: 0, values: 1, P: 8, E0: 56, E1: 104, rho: 152, Abar: 184, Bbar: 232, D: 280, e: 328 };
const r1At = 360;

export function presentationVectors(): Made {
  const asked = world.question();
  const honest = world.presented('first', asked);
  const vector = (octets: Uint8Array, question: Question = asked): Vector =>
    world.presentationVector(question, octets);
  const asking = (change: (label: Question['label']) => Partial<Question['label']>): Vector =>
    vector(honest, { ...asked, label: { ...asked.label, ...change(asked.label) } });
  const cheat = (deviation: Deviation): Vector =>
    vector(provePresentation(world.own, secondQuestion(asked), deviation));
  const put = (offset: number, octets: Uint8Array): Vector => vector(replaced(honest, offset, octets));
  const slice = (offset: number, length: number) => honest.slice(offset, offset + length);

  const otherScope = { ...asked, scope: utf8('scope two') };
  const other32 = fromHex('17'.repeat(32));
  const stranger = drawRegistrar();
  const elsewhere = readCredential(encodeCredential(enrol(stranger).credential));
  const ofBob = provePresentation(world.other, secondQuestion(asked));
  const Y = decodePoint(asked.openingKey);
  const delta = randomScalar();
  const shifted = [at.E0, at.E1].map((offset, i) =>
    encodePoint(decodePoint(slice(offset, 48)).add(mul(i === 0 ? G : Y, delta))),
  );
  const twice = [at.Abar, at.Bbar].map((offset) => encodePoint(mul(decodePoint(slice(offset, 48)), 2n)));
  const { checkpoint } = asked.label;

  return {
    valid: {
      'over-16-and-residence': vector(honest),
      'nothing-disclosed': honestly('second', [], 'https://forum.example'),
      'everything-disclosed-with-a-name': named(),
      'scope-of-one-octet': honestly('second', ['over_13'], 'a'),
      'scope-of-1024-octets': honestly('first', ['assurance', 'reset_recent'], 'ü'.repeat(512)),
      // Foolish of the prover, and nobody else's loss: the drafts take it.
      'bbs-first-message-identity': cheat({ bbsNonces: 0n }),
    },
    invalid: {
      'wrong-scope': vector(honest, otherScope),
      'pseudonym-of-other-scope': vector(world.presented('first', otherScope).slice(0), asked),
      'pseudonym-put-in-from-other-scope': put(
        at.P,
        encodePoint(mul(H2C(otherScope.scope, api), secretOf(world.own))),
      ),
      'pseudonym-proved-for-other-scope': cheat({
        P: () => mul(H2C(otherScope.scope, api), secretOf(world.own)),
      }),
      'other-opening-key': vector(honest, { ...asked, openingKey: world.tagKey.keys.publicKey }),
      'other-issuer-key': vector(honest, { ...asked, issuerKey: stranger.publicKey }),
      'credential-of-other-issuer': vector(provePresentation(elsewhere, secondQuestion(asked))),
      'other-epoch': asking(({ epoch }) => ({ epoch: epoch + 1 })),
      'label-request-changed': asking(() => ({ requestHash: other32 })),
      'label-policy-changed': asking(() => ({ policyHash: other32 })),
      'label-checkpoint-root-changed': asking(() => ({ checkpoint: { ...checkpoint, root: other32 } })),
      'label-checkpoint-size-changed': asking(() => ({
        checkpoint: { ...checkpoint, size: checkpoint.size + 1 },
      })),
      'label-account-key-changed': asking(() => ({ accountKey: other32 })),
      'label-notice-handle-changed': asking(() => ({ noticeHandle: other32 })),
      'label-account-key-and-notice-handle-swapped': asking(({ accountKey, noticeHandle }) => ({
        accountKey: noticeHandle,
        noticeHandle: accountKey,
      })),
      'escrow-rerandomised': put(at.E0, join(...shifted)),
      'escrow-of-other-account': put(at.E0, ofBob.slice(at.E0, at.Abar)),
      'escrow-of-other-secret': cheat({ escrowSecret: secretOf(world.other) }),
      'escrow-shifted-by-the-prover': cheat({ escrow: (E0, E1) => [E0, E1.add(G_rec)] }),
      'escrow-under-a-key-of-the-provers-own': cheat({
        escrow: (E0, _, x) => [E0, sum([7n, E0], [x, G_rec])],
      }),
      'identity-escrow-point': cheat({ rho: 0n }),
      'identity-pseudonym': cheat({ P: () => O }),
      'swapped-e0-e1': put(at.E0, join(slice(at.E1, 48), slice(at.E0, 48))),
      'forged-by-identity-signature': vector(
        provePresentation({ ...world.own, A: O }, secondQuestion(asked), { r1: 0n }),
      ),
      'signature-by-other-issuer': signatureByOther(asked, decodeScalar(stranger.secretKey)),
      'bbs-points-scaled': put(at.Abar, join(...twice)),
      'swapped-abar-bbar': put(at.Abar, join(slice(at.Bbar, 48), slice(at.Abar, 48))),
      'point-outside-the-subgroup': put(at.E0, pointOffTheSubgroup()),
      'point-not-on-the-curve': put(at.E0, pointOffTheCurve(slice(at.E0, 48))),
      'non-canonical-point': nonCanonicalPoint(asked),
      'uncompressed-flag': put(at.E0, Uint8Array.of(honest[at.E0]! & 0x7f)),
      'non-canonical-scalar': put(r1At, bigger(slice(r1At, 32))),
      'non-canonical-challenge': put(honest.length - 32, bigger(honest.slice(-32))),
      'scalar-zero': put(at.rho, new Uint8Array(32)),
      'challenge-zero': put(honest.length - 32, new Uint8Array(32)),
      'swapped-responses': put(at.e, join(slice(r1At, 32), slice(at.e, 32))),
      'other-version': put(at.version, Uint8Array.of(2)),
      truncated: vector(honest.slice(0, -1)),
      'a-response-missing': vector(join(honest.slice(0, -64), honest.slice(-32))),
      'a-response-too-many': vector(join(honest.slice(0, -32), slice(at.e, 32), honest.slice(-32))),
      'trailing-byte': vector(join(honest, Uint8Array.of(0))),
      empty: vector(new Uint8Array(0)),
      'disclosed-value-changed': vector(join(Uint8Array.of(1, 2), utf8('no'), honest.slice(at.values + 4))),
      'disclosed-value-outside-the-schema': put(at.values + 1, utf8('YES')),
      'disclosed-value-not-utf8': put(at.values + 1, Uint8Array.of(0xff)),
      'other-field-disclosed': cheat({ disclose: [1, 4] }),
      'less-disclosed-than-asked': cheat({ disclose: [2] }),
      'more-disclosed-than-asked': cheat({ disclose: [2, 3, 4] }),
      'nym-index-disclosed': cheat({ disclose: [2, 9], values: [2, 4] }),
      'lineage-asked-for': vector(provePresentation(world.own, secondQuestion(asked), { disclose: [0, 2] }), {
        ...asked,
        disclose: ['lineage', 'over_16'] as unknown as Question['disclose'],
      }),
    },
  };
}

function honestly(side: world.Side, disclose: readonly string[], scope: string): Vector {
  const asked = world.question(disclose, scope);
  return world.presentationVector(asked, world.presented(side, asked));
}

function named(): Vector {
  const fields = ['over_13', 'over_16', 'over_18', 'residence', 'assurance', 'reset_recent', 'name'];
  const asked = world.question(fields, 'https://rathaus.example');
  const { credential } = enrol(world.registrar, { ...ATTRIBUTES, name: 'Zoë Ångström' });
  return world.presentationVector(asked, prove(credential, asked));
}

/** Everything right, down to the issuer's key in the domain; only the secret that signed is another. */
function signatureByOther(asked: Question, secret: bigint): Vector {
  const forged = { ...world.own, PK: asked.issuerKey };
  const messages = scalarsOf(forged).map((m, i) => [i, m] as const);
  const B = knownPart(domainOf(forged.PK, forged.epoch), messages);
  const A = mul(B, inverse(secret + forged.e));
  const octets = provePresentation({ ...forged, A }, secondQuestion(asked));
  return world.presentationVector(asked, octets);
}

/** x of a point, one higher until no point has it. */
function pointOffTheCurve(octets: Uint8Array): Uint8Array {
  for (let x = numberOf(octets) + 1n; ; x++) {
    const candidate = I2OSP(x, 48);
    try {
      decodePoint(candidate);
    } catch {
      return candidate;
    }
  }
}

/** An honest presentation whose E0 is then written with p added to x, which the octets have room for. */
function nonCanonicalPoint(asked: Question): Vector {
  for (;;) {
    const octets = world.presented('second', asked);
    const E0 = octets.slice(at.E0, at.E0 + 48);
    const flags = E0[0]! & 0xe0;
    const x = numberOf(replaced(E0, 0, Uint8Array.of(E0[0]! & 0x1f))) + p;
    if (x >= 1n << 381n) continue;
    const wide = I2OSP(x, 48);
    wide[0]! |= flags;
    return world.presentationVector(asked, replaced(octets, at.E0, wide));
  }
}
