/** One value of a row in a few characters: bytes as short hex with their number, long texts cut, times short. */

const hexChars = 12;
const wordChars = 14;
const textChars = 64;

export function shownValue(value: unknown): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'object') return cut(JSON.stringify(value));
  if (typeof value !== 'string') return String(value);
  if (/^\\x([0-9a-f]{2})*$/.test(value)) return shownBytes(value.slice(2));
  const time = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)/.exec(value);
  if (time) return `${time[1]} ${time[2]}`;
  return cut(value);
}

function shownBytes(hex: string): string {
  const bytes = `${hex.length / 2} bytes`;
  return hex.length <= hexChars ? `${hex || 'empty'} (${bytes})` : `${hex.slice(0, hexChars)}… (${bytes})`;
}

function cut(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  const chars =
    line.includes(' ') || line.startsWith('{') || line.startsWith('[') ? textChars : wordChars * 2;
  if (line.length <= chars) return line;
  return `${line.slice(0, chars === textChars ? textChars - 1 : wordChars)}…`;
}
