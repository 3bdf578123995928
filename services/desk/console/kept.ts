/** What somebody typed into a form of the case page a moment ago, to be shown in it again. */
import type { Draft } from '../deciding/case-screen.tsx';

export interface Kept {
  /** whether this form was sent, and is shown again */
  sent: boolean;
  one(name: string, otherwise?: string): string;
  chosen(name: string, value: string, otherwise?: boolean): boolean;
}

export function keptIn(draft: Draft | null, action: string): Kept {
  const form = draft?.action === action ? draft.form : undefined;
  return {
    sent: form !== undefined,
    one: (name, otherwise = '') => form?.one(name) ?? otherwise,
    chosen: (name, value, otherwise = false) => form?.all(name).includes(value) ?? otherwise,
  };
}
