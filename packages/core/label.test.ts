import { describe, expect, it } from 'vitest';
import { BBS_API, BLIND_API, CIPHERSUITE_ID, NYM_API } from './bbs/ciphersuite.ts';
import { utf8 } from './bytes.ts';
import { LABELS, type LabelName, label } from './label.ts';

const own = Object.entries(LABELS);
/** Every string the CFRG suites derive from an api_id starts with one of these. */
const derived = [BBS_API, BLIND_API, NYM_API].flatMap(({ id }) => [id, `BLIND_${id}`]).concat(CIPHERSUITE_ID);

describe('labels', () => {
  it.each(own)('%s is dated, plain, and short enough for a DST', (_, text) => {
    expect(text).toMatch(/^answerable\/v1\/[a-z0-9/-]+$/);
    expect(text.length).toBeLessThanOrEqual(255);
  });
  it.each(own)('%s is no prefix of another and has none', (name, text) => {
    const others = own.filter(([other]) => other !== name).map(([, other]) => other);
    for (const other of [...others, ...derived]) {
      expect(other.startsWith(text)).toBe(false);
      expect(text.startsWith(other)).toBe(false);
    }
  });
  it('come as octets', () => {
    for (const [name, text] of own) expect(label(name as LabelName)).toEqual(utf8(text));
  });
});
