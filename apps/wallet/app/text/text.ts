/**
 * The shape of a language is the shape of the English one; functions take what varies, so that word order is
 * free. `said` is what the screens say, in the language of this browser.
 */
import type { WalletCode } from '../boundary/rpc.ts';
import { en } from './en/en.ts';

export interface RefusalText {
  title: string;
  text: string;
}
export type RefusalTexts = { otherwise: RefusalText } & Partial<Record<WalletCode, RefusalText>>;

export type Text = typeof en;

/** Chosen once, as the page loads. */
export const said: Text = en;
