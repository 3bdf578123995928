import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { vectorBytes, vectorJson, vectorsPresent } from '../testing/vectors.ts';
import { openCheckpoint, parseCheckpoint, signCheckpoint } from './checkpoint.ts';
import { fromUtf8, utf8 } from './encoding.ts';
import { LogUnverified, MalformedLogData } from './errors.ts';
import { EMPTY_ROOT, leafHash } from './merkle.ts';
import { formatNote, formatSignatureLine, openNote, parseNote, signNote } from './note.ts';
import { formatNoteKey, formatVerifierKey, noteKey, parseNoteKey, parseVerifierKey } from './note-key.ts';
import { cosign } from './note-signature.ts';

const seed = (byte: number) => new Uint8Array(32).fill(byte);
const log = noteKey('log.example', 0x01, seed(1));
const witness = noteKey('witness.example', 0x04, seed(2));
const head = { size: 7, root: leafHash(utf8('seven')) };

describe.runIf(vectorsPresent)('published notes and keys', () => {
  const kat: {
    signed_note: { src: string; vkey: string; note: string }[];
    vkeys_valid: string[];
    vkeys_invalid: string[];
    skey: string;
    checkpoint_text: { text: string; size: number };
    cosignature_v1: { vkey: string; checkpoint_file: string; timestamp: number }[];
  } = vectorsPresent ? vectorJson('kat/kat.json') : { signed_note: [], vkeys_valid: [], vkeys_invalid: [] };

  it.each(kat.signed_note)('$src', ({ vkey, note }) => {
    const { verified } = openNote(parseNote(utf8(note)), [parseVerifierKey(vkey)]);
    expect(verified).toHaveLength(1);
    expect(fromUtf8('note', formatNote(parseNote(utf8(note))))).toBe(note);
  });

  it.each(kat.vkeys_valid)('valid key %s', (vkey) => {
    expect(formatVerifierKey(parseVerifierKey(vkey))).toBe(vkey);
  });

  it.each(kat.vkeys_invalid)('invalid key %s', (vkey) => {
    expect(() => parseVerifierKey(vkey)).toThrow(MalformedLogData);
  });

  it('the published private key signs as its public key verifies', () => {
    const key = parseNoteKey(kat.skey);
    expect(formatNoteKey(key)).toBe(kat.skey);
    expect(kat.vkeys_valid).toContain(formatVerifierKey(key));
  });

  it('the published checkpoint text', () => {
    const { text, size } = kat.checkpoint_text;
    expect(parseCheckpoint(text)).toMatchObject({ size, origin: 'go.sum database tree' });
  });

  it.each(kat.cosignature_v1 ?? [])('cosignature of $vkey', ({ vkey, checkpoint_file, timestamp }) => {
    const path = checkpoint_file.replace('sunlight/cmd/skylight/testdata/', 'sunlight/');
    const note = parseNote(vectorBytes(path));
    const [cosignature] = openNote(note, [parseVerifierKey(vkey)]).verified;
    expect(cosignature?.time).toBe(timestamp);
    const later = { ...note, text: note.text.replace('\n300\n', '\n301\n') };
    expect(() => openNote(later, [parseVerifierKey(vkey)])).toThrow(LogUnverified);
  });
});

describe('notes', () => {
  const note = { text: 'one\n\ntwo\n', signatures: [signNote('one\n\ntwo\n', log)] };
  const whole = fromUtf8('note', formatNote(note));

  it('verify after being written and read', () => {
    expect(openNote(parseNote(utf8(whole)), [log]).text).toBe(note.text);
  });

  it.each([
    ['no signature', 'text\n\n'],
    ['no empty line', whole.replaceAll('\n\n', '\n')],
    ['no final newline', whole.slice(0, -1)],
    ['a hyphen for the dash', whole.replace('\u2014', '-')],
    ['two spaces', whole.replace('log.example ', 'log.example  ')],
    ['a carriage return', whole.replace('one\n', 'one\r\n')],
    ['a tab', whole.replace('one', 'o\tne')],
    ['a null', whole.replace('one', 'o\u0000ne')],
    ['no name', whole.replace('log.example ', ' ')],
    ['a plus in the name', whole.replace('log.example ', 'log+example ')],
    ['a no-break space in the name', whole.replace('log.example ', 'log\u00a0example ')],
    ['a line after the signatures', whole + 'more\n'],
    ['base64 without padding', whole.replace(/=+\n$/, '\n')],
    ['only a key id', 'text\n\n\u2014 log.example AAAAAA==\n'],
    ['65 signatures', 'text\n\n' + formatSignatureLine(note.signatures[0]!).repeat(65)],
    ['more than the limit', 'x'.repeat(300_000) + '\n\n' + formatSignatureLine(note.signatures[0]!)],
  ])('with %s are malformed', (_, text) => {
    expect(() => parseNote(utf8(text))).toThrow(MalformedLogData);
  });

  it('that are not UTF-8 are malformed', () => {
    const bytes = utf8(whole);
    bytes[0] = 0xff;
    expect(() => parseNote(bytes)).toThrow(MalformedLogData);
  });

  it('of unknown keys only are refused, even under a known name or a known id', () => {
    const parsed = parseNote(utf8(whole));
    expect(() => openNote(parsed, [])).toThrow(LogUnverified);
    expect(() => openNote(parsed, [noteKey('log.example', 0x01, seed(9))])).toThrow(LogUnverified);
    expect(() => openNote(parsed, [{ ...log, name: 'other.example' }])).toThrow(LogUnverified);
  });

  it('with one good and one bad signature of known keys are refused', () => {
    const other = noteKey('other.example', 0x01, seed(3));
    const bad = { ...signNote('another text\n', other) };
    const both = { ...note, signatures: [...note.signatures, bad] };
    expect(openNote(both, [log]).unknown).toHaveLength(1);
    expect(() => openNote(both, [log, other])).toThrow(LogUnverified);
  });

  it('are refused after any change of a byte', () => {
    const bytes = utf8(whole);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const altered = bytes.slice();
        altered[at] = altered[at]! ^ change;
        expect(() => openNote(parseNote(altered), [log])).toThrow();
      }),
      { numRuns: 200 },
    );
  });
});

describe('verifier keys', () => {
  const text = formatVerifierKey(log);
  it.each([
    ['another name', text.replace('log', 'dog')],
    ['another id', text.replace(/\+[0-9a-f]{8}\+/, '+00000000+')],
    ['an id in capitals', text.replace(/\+([0-9a-f]{8})\+/, (id) => id.toUpperCase())],
    ['a type we do not know', text.replace('+AY', '+Zo')],
    ['a missing part', text.slice(0, text.lastIndexOf('+'))],
    ['a key of 31 bytes', `log.example+00000000+${Buffer.from(seed(1)).toString('base64')}`],
  ])('with %s are malformed', (_, key) => {
    expect(() => parseVerifierKey(key)).toThrow(MalformedLogData);
  });

  it('of a witness do not verify a log signature and the reverse', () => {
    const sameSeed = noteKey('log.example', 0x04, seed(1));
    expect(sameSeed.id).not.toBe(log.id);
    const note = parseNote(signCheckpoint(head, log));
    expect(() => openNote(note, [sameSeed])).toThrow(LogUnverified);
    expect(() => openNote(note, [{ ...sameSeed, id: log.id }])).toThrow(LogUnverified);
    expect(() => cosign(note.text, 1, log)).toThrow(MalformedLogData);
    expect(() => signNote(note.text, witness)).toThrow(MalformedLogData);
  });
});

describe('checkpoints', () => {
  const checkpoint = parseNote(signCheckpoint(head, log));
  const keys = { log, witnesses: [witness] };
  const withLine = (line: ReturnType<typeof cosign>, text = checkpoint.text) =>
    formatNote({ text, signatures: [...checkpoint.signatures, line] });

  it('open to the head, with verified cosignatures and their times', () => {
    const opened = openCheckpoint(withLine(cosign(checkpoint.text, 1_700_000_000, witness)), keys);
    expect(opened).toMatchObject({ ...head, origin: 'log.example' });
    expect(opened.cosignatures.map(({ time }) => time)).toEqual([1_700_000_000]);
  });

  it('ignore cosignatures of strangers', () => {
    const stranger = noteKey('witness.example', 0x04, seed(8));
    expect(openCheckpoint(withLine(cosign(checkpoint.text, 5, stranger)), keys).cosignatures).toEqual([]);
  });

  it('are refused with a cosignature for another tree, another time, or cut short', () => {
    const good = cosign(checkpoint.text, 1_700_000_000, witness);
    const redated = good.signature.slice();
    redated[7] = redated[7]! ^ 1;
    const replayed = cosign(checkpoint.text.replace('\n7\n', '\n6\n'), 1_700_000_000, witness);
    for (const line of [
      { ...good, signature: redated },
      replayed,
      { ...good, signature: good.signature.slice(1) },
    ])
      expect(() => openCheckpoint(withLine(line), keys)).toThrow(LogUnverified);
  });

  it('are refused from a witness alone, or under another origin', () => {
    const alone = formatNote({ text: checkpoint.text, signatures: [cosign(checkpoint.text, 5, witness)] });
    expect(() => openCheckpoint(alone, keys)).toThrow(LogUnverified);
    const other = checkpoint.text.replace('log.example', 'dog.example');
    const moved = formatNote({ text: other, signatures: [signNote(other, log)] });
    expect(() => openCheckpoint(moved, keys)).toThrow(LogUnverified);
  });

  const root = Buffer.from(head.root).toString('base64');
  it.each([
    ['two lines', 'log.example\n7\n'],
    ['a leading zero', `log.example\n07\n${root}\n`],
    ['a sign', `log.example\n+7\n${root}\n`],
    ['a size beyond 2^53', `log.example\n9007199254740993\n${root}\n`],
    ['a short root', `log.example\n7\n${root.slice(4)}\n`],
    ['an empty origin', `\n7\n${root}\n`],
    ['an empty extension', `log.example\n7\n${root}\n\n`],
    ['no final newline', `log.example\n7\n${root}`],
    ['size 0 and an invented root', `log.example\n0\n${root}\n`],
    ['non-zero trailing bits', `log.example\n7\n${root.replace(/.=$/, 'B=')}\n`],
  ])('with %s are malformed', (_, text) => {
    expect(() => parseCheckpoint(text)).toThrow(MalformedLogData);
  });

  it('of the empty tree are fine', () => {
    expect(openCheckpoint(signCheckpoint({ size: 0, root: EMPTY_ROOT }, log), keys).size).toBe(0);
  });
});
