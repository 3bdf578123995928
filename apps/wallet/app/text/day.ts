/**
 * Days and instants as a person writes them, in the language of the screens: `2026-11-23` is "23 November 2026".
 * Browsers that do not know a language would answer in their own; then the months are ours.
 */
import { said } from './text.ts';

const locales: Record<string, string> = { en: 'en-GB', cy: 'cy-GB' };

export const dayText = (day: string): string => {
  const date = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(date.getTime()) ? day : written(date, 'UTC');
};

/** A UTC instant by the clock of this device: day and time. */
export function instantText(instant: string): string {
  const date = new Date(instant);
  const time = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' }).format(date);
  return `${written(date)}, ${time}`;
}

function written(date: Date, timeZone?: string): string {
  const locale = locales[said.lang] ?? 'en-GB';
  if (Intl.DateTimeFormat.supportedLocalesOf(locale).length > 0)
    return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone }).format(date);
  const parts = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'numeric',
    year: 'numeric',
    timeZone,
  });
  const [day, month, year] = parts.format(date).split('/').map(Number);
  return `${day} ${said.time.months[month! - 1]} ${year}`;
}
