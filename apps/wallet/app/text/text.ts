/**
 * The shape of a language is the shape of the English one; functions take what varies, so that word order is
 * free. `said` is what the screens say, in the language that is shown; a language besides English is fetched
 * when somebody chooses it. Screens read `said` as they are drawn, never before.
 * Must never: show words of a draft for what is said in a crisis; there English stays.
 */
import type { WalletCode } from '../boundary/rpc.ts';
import { en } from './en/en.ts';

export interface RefusalText {
  title: string;
  text: string;
}
export type RefusalTexts = { otherwise: RefusalText } & Partial<Record<WalletCode, RefusalText>>;

export type Text = typeof en;

/** A language on its way: what it does not have is said in English. */
export type Draft<T> = {
  [K in keyof T]?: T[K] extends (...inputs: never[]) => unknown
    ? T[K]
    : T[K] extends readonly unknown[]
      ? T[K]
      : T[K] extends object
        ? Draft<T[K]>
        : T[K];
};

export let said: Text = en;

/** Languages by their own names. */
export const languages = { en: 'English', cy: 'Cymraeg' } as const;
export type Language = keyof typeof languages;

/** From here on `said` is in this language, and the page says so. Throws if it cannot be fetched. */
export async function speak(language: Language): Promise<void> {
  said = language === 'cy' ? complete((await import('./cy/cy.ts')).cy) : en;
  document.documentElement.lang = language;
}

export const complete = (draft: Draft<Text>): Text => filled(en, draft) as Text;

function filled(whole: unknown, draft: unknown): unknown {
  if (draft === undefined) return whole;
  const isTable = typeof whole === 'object' && whole !== null && !Array.isArray(whole);
  if (!isTable) return draft;
  const own = draft as Record<string, unknown>;
  const names = new Set([...Object.keys(whole), ...Object.keys(own)]);
  return Object.fromEntries(
    [...names].map((name) => [name, filled((whole as Record<string, unknown>)[name], own[name])]),
  );
}
