/** Kinds of cases, reasons of reports and measures in plain words: one table for every page. */
const kinds: Record<string, string> = {
  content: 'Post',
  page: 'Page',
  'pile-on': 'Pile-on',
  care: 'Care',
  complaint: 'Complaint',
};
const reasons: Record<string, string> = {
  abuse: 'abuse',
  hate: 'hate',
  'pile-on': 'many against one',
  'promotes-suicide': 'promotes suicide',
  'worried-about-them': 'worried about somebody',
  threat: 'a threat',
  'intimate-image': 'an intimate image',
  other: 'something else',
};

const measures: Record<string, string> = {
  warn: 'a warning',
  restrict: 'a restriction',
  suspend: 'a suspension',
  bar: 'a bar',
  'hide-item': 'hidden',
  'shut-page': 'page shut',
  'show-help': 'help was shown',
};

const phases: Record<string, string> = {
  open: 'new',
  queued: 'waiting',
  assigned: 'in hand',
  escalated: 'for a second person',
  closed: 'decided',
};

export const phaseWords = (phase: string): string => phases[phase] ?? phase;
export const measureWords = (kind: string): string => measures[kind] ?? kind;
export const kindWords = (kind: string): string => kinds[kind] ?? kind;
export const reasonWords = (reason: string): string => reasons[reason] ?? reason;

/** `Hate and a threat`: the reasons of all reports in one line. */
export function reasonsLine(all: readonly string[]): string {
  const words = all.map(reasonWords);
  const line = words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1)}` : (words[0] ?? '');
  return line.charAt(0).toUpperCase() + line.slice(1);
}
