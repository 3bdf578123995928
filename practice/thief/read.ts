/**
 * Takes one stolen value apart: nested JSON, base64 and hex inside strings, down to words that a name could be
 * in and byte strings that could stand somewhere else too. Times are dropped: who links by time or by style is
 * outside what the software can promise, and the report says so.
 */

const atomBytesMin = 16;
const windowBytes = 16;
const depthMax = 6;
const timeLike = /^\d{4}-\d{2}-\d{2}([T ].*)?$/;

export interface Reading {
  /** Every readable text. */
  texts: string[];
  /** Every byte string of at least 16 bytes, as latin1. */
  atoms: string[];
}

export function read(value: unknown): Reading {
  const reading: Reading = { texts: [], atoms: [] };
  walk(value, reading, 0);
  return reading;
}

function walk(value: unknown, into: Reading, depth: number): void {
  if (depth > depthMax || value === null || value === undefined) return;
  if (typeof value === 'string') walkText(value, into, depth);
  else if (Array.isArray(value)) for (const item of value) walk(item, into, depth + 1);
  else if (typeof value === 'object') for (const item of Object.values(value)) walk(item, into, depth + 1);
}

function walkText(text: string, into: Reading, depth: number): void {
  if (timeLike.test(text)) return;
  into.texts.push(text);
  const nested = /^\s*[[{]/.test(text) ? parsed(text) : undefined;
  if (nested !== undefined) {
    walk(nested, into, depth + 1);
    return;
  }
  for (const word of text.split(/[\s"',:;=<>?&#.|]+/)) {
    for (const bytes of decodings(word)) {
      into.atoms.push(bytes.toString('latin1'));
      const inner = bytes.toString('utf8');
      if (/^[\x20-\x7e\s]+$/.test(inner)) walkText(inner, into, depth + 1);
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // not JSON after all: it is read as text
  }
}

function decodings(word: string): Buffer[] {
  const found: Buffer[] = [];
  const hex = word.replace(/^\\x/, '');
  if (/^([0-9a-f]{2}){16,}$/i.test(hex)) found.push(Buffer.from(hex, 'hex'));
  else if (/^[A-Za-z0-9_+/-]{22,}={0,2}$/.test(word)) found.push(Buffer.from(word, 'base64url'));
  return found.filter((bytes) => bytes.length >= atomBytesMin);
}

/** Every 16-byte stretch of an atom, so that a value is also found inside a longer one. */
export function* windows(atom: string): Generator<string> {
  for (let at = 0; at + windowBytes <= atom.length; at++) yield atom.slice(at, at + windowBytes);
}

/** A whole text as a value that two rows can share. */
export const textMark = (text: string): string => `text:${text.toLowerCase()}`;
