/** The draft of another language beside the English words. */
import { describe, expect, it } from 'vitest';
import { cy } from './cy/cy.ts';
import { en } from './en/en.ts';
import { complete } from './text.ts';

type Leaf = string | ((...inputs: unknown[]) => string) | readonly unknown[];
/** Every word by its path: `ask.flags.over_13.yes`. */
function leaves(table: object, path = ''): Map<string, Leaf> {
  const found = new Map<string, Leaf>();
  for (const [name, value] of Object.entries(table)) {
    const at = path ? `${path}.${name}` : name;
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      for (const [inner, leaf] of leaves(value, at)) found.set(inner, leaf);
    else if (value !== undefined) found.set(at, value as Leaf);
  }
  return found;
}
/** English until somebody who knows has reviewed other words. */
const aboutBeingSafe = [
  ...['inbox.kinds.help', 'inbox.getInTouch', 'inbox.leaveAlone'],
  ...['inbox.wished.get-in-touch', 'inbox.wished.leave-alone'],
  ...['devices.doesNot', 'devices.strangeText', 'refused.too_young.title', 'refused.too_young.text'],
];
const english = leaves(en);
const welsh = leaves(cy);

describe('Welsh', () => {
  it('says nothing that English does not, and everything in the same shape', () => {
    for (const [path, words] of welsh) {
      const same = english.get(path);
      expect(same, path).toBeDefined();
      expect(typeof words, path).toBe(typeof same);
      if (typeof words === 'function') expect(words.length, path).toBe((same as () => string).length);
      else if (typeof same === 'string' && same !== '') expect(words, path).not.toBe('');
      if (Array.isArray(same)) expect(words, path).toHaveLength(same.length);
    }
  });
  it('says what varies, wherever English does', () => {
    const inputs = ['Xylo', 'Yrth', 'Zwei'];
    for (const [path, words] of welsh) {
      const same = english.get(path);
      if (typeof words !== 'function' || typeof same !== 'function') continue;
      for (const input of inputs.filter((one) => String(same(...inputs)).includes(one)))
        expect(words(...inputs), path).toContain(input);
    }
  });
  it('is a draft of all of it but words about being safe, and says that it is one', () => {
    const waiting = [...english.keys()].filter((path) => !welsh.has(path));
    expect(waiting).toEqual(aboutBeingSafe);
    expect(cy.shell?.draft).toBeDefined();
  });
  it('has no word of its own for a crisis: English stays', () => {
    for (const path of aboutBeingSafe) {
      expect(welsh.has(path), path).toBe(false);
      expect(leaves(complete(cy)).get(path)).toBe(english.get(path));
    }
  });
  it('what is missing is said in English, whole', () => {
    const part = complete({ lang: 'cy', shell: { name: 'Waled' } });
    expect(part.shell.name).toBe('Waled');
    expect(part.shell.skip).toBe(en.shell.skip);
    expect(part.ask).toEqual(en.ask);
    expect(complete({})).toEqual(en);
  });
});
