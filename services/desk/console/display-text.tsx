/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * Words that others wrote, as a moderator sees them. Everything is escaped by the page; here go the characters
 * that change how their neighbours look: controls, overrides of the writing direction, things of no width.
 */
import type { FC } from 'hono/jsx';

// Joiners (U+200C, U+200D) stay: words and emoji of many languages need them. So do signs that can be seen.
const unseen = /(?!\t|\n|\u200C|\u200D|[\u0600-\u0605]|\u06DD|\u070F|\u08E2)[\p{Cc}\p{Cf}\u2028\u2029]/gu;
/** More marks on one letter than any writing needs. */
const piledMarks = /(\p{M}{4})\p{M}+/gu;

export function displayText(text: string): string {
  return text.replace(unseen, '').replace(piledMarks, '$1');
}

/** Their words, in their own direction and apart from ours. */
export const Words: FC<{ text: string; lang?: string }> = ({ text, lang }) => (
  <p class="words">
    <bdi dir="auto" {...(lang && /^[a-z]{2,3}(-[A-Za-z]{2,4})?$/.test(lang) ? { lang } : {})}>
      {displayText(text)}
    </bdi>
  </p>
);

/** Their words, unseen until somebody asks: nobody reads about suicide or hate by surprise. */
export const Veiled: FC<{ text: string; about: string; lang?: string }> = ({ text, about, lang }) => (
  <details class="veil">
    <summary>
      Show the text ({about}, {text.length} characters)
    </summary>
    <Words text={text} {...(lang ? { lang } : {})} />
  </details>
);
