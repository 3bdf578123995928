/**
 * Which language the screens speak: chosen by hand, kept for the tab, and beyond it only where this browser is
 * the person's own. A language of the system is not followed: an unreviewed draft is somebody's own choice.
 */
import { type Language, languages, speak } from './text/text.ts';

const key = 'language';

export function languageKept(): Language {
  const kept = sessionStorage.getItem(key) ?? localStorage.getItem(key) ?? 'en';
  return Object.hasOwn(languages, kept) ? (kept as Language) : 'en';
}

/** `visiting`: nothing may stay on this computer. Resolves once the screens can be drawn anew. */
export async function chooseLanguage(language: Language, visiting: boolean): Promise<void> {
  await speak(language);
  sessionStorage.setItem(key, language);
  if (!visiting) localStorage.setItem(key, language);
}

/** At the start, before anything is drawn. English if the other one cannot be fetched. */
export async function speakAsKept(): Promise<void> {
  const kept = languageKept();
  if (kept !== 'en') await speak(kept).catch(() => {});
}
