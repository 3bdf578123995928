import { describe, expect, it } from 'vitest';
import { utf8 } from '../bytes.ts';
import { NOTE_BYTES_MAX, openOwnNote, sealOwnNote } from './own-seal.ts';
import { drawRegistrar, enrol } from './scenario.ts';

const registrar = drawRegistrar();
const { credential } = enrol(registrar);
const note = utf8('Kitchen laptop');

describe('an own note', () => {
  it('is read by its person, and has one length whatever it says', () => {
    const sealed = sealOwnNote(credential, 'device', note);
    expect(openOwnNote(credential, 'device', sealed)).toEqual(note);
    for (const text of ['', 'x'.repeat(NOTE_BYTES_MAX)])
      expect(sealOwnNote(credential, 'device', utf8(text))).toHaveLength(sealed.length);
  });

  it('is refused to another person, for another purpose, changed, cut, or too long', () => {
    const sealed = sealOwnNote(credential, 'device', note);
    expect(() => openOwnNote(enrol(registrar).credential, 'device', sealed)).toThrow();
    expect(() => openOwnNote(credential, 'diary', sealed)).toThrow();
    expect(() => openOwnNote(credential, 'device', sealed.slice(1))).toThrow();
    expect(() => openOwnNote(credential, 'device', new Uint8Array())).toThrow();
    const changed = sealed.slice();
    changed[20]! ^= 1;
    expect(() => openOwnNote(credential, 'device', changed)).toThrow();
    expect(() => sealOwnNote(credential, 'device', new Uint8Array(NOTE_BYTES_MAX + 1))).toThrow();
  });
});
