/**
 * One thing on the shelf: JSON, filled up to a whole number of pages so that its length says little, in a box
 * under the data key and for its name.
 */
import { concat, i2osp, utf8 } from '@answerable/core/bytes';
import { frame } from '@answerable/core/frame';
import { label } from '@answerable/core/label';
import { openBox, sealBox } from '@answerable/core/vault/seal';

const pageBytes = 4096;
const lengthBytes = 4;

export function sealItem(dataKey: Uint8Array, name: string, value: unknown): Uint8Array {
  const text = utf8(JSON.stringify(value));
  const bytes = Math.ceil((lengthBytes + text.length) / pageBytes) * pageBytes;
  const plain = new Uint8Array(bytes);
  plain.set(concat(i2osp(text.length, lengthBytes), text));
  return sealBox(dataKey, purposeOf(name), plain);
}

/** Throws ProofFailed: another key, another name, or altered. */
export function openItem(dataKey: Uint8Array, name: string, sealed: unknown): unknown {
  const plain = openBox(dataKey, purposeOf(name), sealed instanceof Uint8Array ? sealed : new Uint8Array(0));
  const length = new DataView(plain.buffer, plain.byteOffset).getUint32(0);
  return JSON.parse(new TextDecoder().decode(plain.subarray(lengthBytes, lengthBytes + length)));
}

const purposeOf = (name: string) => frame(label('vaultItem'), utf8(name));
