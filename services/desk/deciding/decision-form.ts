/**
 * The decision form of the case page, read back into what JSON callers send. Fields that do not belong to the
 * chosen finding are not looked at: where somebody is in distress, no measure is ever read from a form.
 */
import { macroNamed } from '../macros/macro.ts';
import type { Form } from './staff-verb.ts';
import { endOfTerm } from './term.ts';

/** Not checked here: the shape is checked by the verb. `at` is now: terms are counted from it. */
export function decisionOfForm(form: Form, at: string): { assessment?: unknown; decision: unknown } {
  const items = form.all('items');
  const note = form.one('note');
  switch (form.one('about')) {
    case 'first-person-distress':
      return { assessment: { about: 'first-person-distress', items, note }, decision: careOf(form) };
    case 'conduct':
      return { assessment: findingOf(form, items), decision: conductOf(form, at) };
    case 'complaint': {
      const [outcome, reply, remedy] = [form.one('outcome'), form.one('reply'), form.one('remedy')];
      return { decision: { path: 'complaint', outcome, reply, remedy } };
    }
    default:
      return { assessment: { about: 'nothing', items, note }, decision: { path: 'none', note } };
  }
}

function careOf(form: Form) {
  const wanted = [form.one('offerContact'), form.one('welfareFlag')].includes('yes');
  return {
    path: 'care',
    offerContact: form.one('offerContact') === 'yes',
    welfareFlag: form.one('welfareFlag') === 'yes',
    ...(wanted && form.one('lookAgainHours') ? { lookAgainHours: Number(form.one('lookAgainHours')) } : {}),
    note: form.one('note'),
  };
}

function findingOf(form: Form, items: string[]) {
  const limb = form.one('limb');
  const offence = limb === 'illegal' ? form.one('offence') : '';
  const before = `element:${offence}:`;
  const judged = form.entries().filter(([name]) => offence !== '' && name.startsWith(before));
  return {
    about: 'conduct',
    items,
    limb,
    offence: offence || null,
    elements: Object.fromEntries(judged.map(([name, answer]) => [name.slice(before.length), answer])),
    clause: form.one('clause'),
    severity: Number(form.one('severity')),
    confidence: Number(form.one('confidence')),
    protectedContent: form.one('protectedContent') || 'none',
    alternatives: form.one('alternatives'),
  };
}

/** Also for the decision that takes an appealed one's place. */
export function conductOf(form: Form, at: string) {
  const posts = form.all('items').filter((one) => one.startsWith('post/'));
  const hide = form.one('hideAll') === 'yes' ? posts : [];
  const hidden = hide.map((target) => ({ kind: 'hide-item', target }));
  const shut = form.all('shut').map((target) => ({ kind: 'shut-page', target }));
  const step = form.one('step');
  const sanction = {
    kind: 'sanction',
    sub: form.one('sub'),
    holds: form.one('holds') || 'account',
    step,
    until: step === 'warn' ? null : endOfTerm(at, form.one('term')) || form.one('until'),
  };
  const macro = macroNamed(form.one('macro'));
  return {
    path: 'conduct',
    ...(macro ? { macro } : {}),
    measures: [...hidden, ...shut, ...(step && step !== 'none' ? [sanction] : [])],
    reasons: {
      ground: form.one('ground'),
      explanation: form.one('explanation'),
      facts: form.one('facts'),
      clause: form.one('clause'),
      ...(form.one('category') ? { category: form.one('category') } : {}),
    },
  };
}
