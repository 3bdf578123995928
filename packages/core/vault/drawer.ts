// What was shown to whom, kept under a passphrase of its own or not at all (spec/vault.md, "Drawer"). Every
// wallet has a drawer of one size and puts every answer in, sealed to the drawer's key. Where nobody chose a
// passphrase, the secret of that key was never kept. So neither size nor habit says whether somebody can read it.
//
//   salt 16 ‖ drawer's public key 32 ‖ box of its secret 112 ‖ 128 places of 448, the newest first

import { concat } from '../bytes.ts';
import { assert, Malformed, ProofFailed } from '../errors.ts';
import {
  drawSealingKey,
  openFrom,
  SEALING_KEY_BYTES,
  SEALING_OVERHEAD_BYTES,
  sealTo,
} from '../escrow/envelope.ts';
import { reader } from '../frame.ts';
import { label } from '../label.ts';
import { randomBytes } from '../rng.ts';
import { BOX_OVERHEAD_BYTES, openBox, sealBox } from './seal.ts';
import { STRETCH_SALT_BYTES } from './wrap.ts';

/** How many slips a drawer keeps; the oldest goes first. */
export const SLIPS_MAX = 128;
const PLAIN_BYTES = 400;
const LENGTH_BYTES = 2;
/** Most octets of one slip. */
export const SLIP_BYTES_MAX = PLAIN_BYTES - LENGTH_BYTES;
const PLACE_BYTES = PLAIN_BYTES + SEALING_OVERHEAD_BYTES;
const SECRET_BOX_BYTES = SEALING_KEY_BYTES + BOX_OVERHEAD_BYTES;
const HEAD_BYTES = STRETCH_SALT_BYTES + SEALING_KEY_BYTES + SECRET_BOX_BYTES;
export const DRAWER_BYTES = HEAD_BYTES + SLIPS_MAX * PLACE_BYTES;

/** A drawer that nobody can read: its secret is dropped here. `before`: old places stay, as noise. */
export function emptyDrawer(before?: Uint8Array): Uint8Array {
  const { publicKey } = drawSealingKey();
  return concat(
    randomBytes(STRETCH_SALT_BYTES),
    publicKey,
    randomBytes(SECRET_BOX_BYTES),
    before ? split(before).places : noise(SLIPS_MAX * PLACE_BYTES),
  );
}

/**
 * A drawer that `key` opens: a passphrase stretched with `salt`. Whatever was in `before` can be read by nobody
 * any more.
 */
export function lockedDrawer(key: Uint8Array, salt: Uint8Array, before: Uint8Array): Uint8Array {
  assert(salt.length === STRETCH_SALT_BYTES, 'a salt has 16 octets');
  const { publicKey, secretKey } = drawSealingKey();
  const box = sealBox(key, label('drawerSecret'), secretKey);
  return concat(salt, publicKey, box, split(before).places);
}

/** What to stretch a passphrase with. Random octets where none was chosen. */
export const saltOfDrawer = (drawer: Uint8Array): Uint8Array => split(drawer).salt;

/** Puts a slip in front; the last one falls out. Needs no passphrase. */
export function putSlip(drawer: Uint8Array, slip: Uint8Array): Uint8Array {
  assert(slip.length <= SLIP_BYTES_MAX, 'a slip has its size');
  const { head, publicKey, places } = split(drawer);
  const plain = new Uint8Array(PLAIN_BYTES);
  new DataView(plain.buffer).setUint16(0, slip.length);
  plain.set(slip, LENGTH_BYTES);
  const sealed = sealTo(publicKey, label('drawerSlip'), plain);
  return concat(head, sealed, places.subarray(0, places.length - PLACE_BYTES));
}

/** The slips, newest first. Throws ProofFailed for another key, and where no passphrase was ever chosen. */
export function openDrawer(drawer: Uint8Array, key: Uint8Array): Uint8Array[] {
  const { box, places } = split(drawer);
  const secretKey = openBox(key, label('drawerSecret'), box);
  return Array.from({ length: SLIPS_MAX }, (_, i) =>
    slipIn(secretKey, places.slice(i * PLACE_BYTES, (i + 1) * PLACE_BYTES)),
  ).filter((slip) => slip !== undefined);
}

// A place that does not open is one never used, or one of an earlier key.
function slipIn(secretKey: Uint8Array, place: Uint8Array): Uint8Array | undefined {
  try {
    const plain = openFrom(secretKey, label('drawerSlip'), place);
    const length = new DataView(plain.buffer, plain.byteOffset).getUint16(0);
    return plain.slice(LENGTH_BYTES, LENGTH_BYTES + length);
  } catch (error) {
    if (error instanceof ProofFailed || error instanceof Malformed) return undefined;
    throw error;
  }
}

function split(drawer: Uint8Array) {
  const read = reader(drawer, 'drawer', `${DRAWER_BYTES} octets`);
  const [salt, publicKey, box] = [STRETCH_SALT_BYTES, SEALING_KEY_BYTES, SECRET_BOX_BYTES].map(read.take);
  const places = read.take(SLIPS_MAX * PLACE_BYTES);
  read.end();
  return { head: drawer.slice(0, HEAD_BYTES), salt: salt!, publicKey: publicKey!, box: box!, places };
}

function noise(length: number): Uint8Array {
  return concat(...Array.from({ length: SLIPS_MAX }, () => randomBytes(length / SLIPS_MAX)));
}
