/** The notice to another company as a pure function: what may follow what, and what is never reached. */
import { Refusal } from '@answerable/protocol/refusal';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type NoticeDraft, type NoticeEvent, type NoticeState, noticeDraft } from './notice.ts';
import { chasesMax, moveNotice, noticeDue } from './notice-transition.ts';

const draft: NoticeDraft = {
  company: 'Big Place',
  email: 'notices@big.example',
  basis: 'dsa-16',
  addresses: ['https://big.example/page/1'],
  ground: 'Penal Code, section 1',
  explanation: 'It tells people to harm themselves.',
  evidence: [],
  sender: { name: 'Commons', email: 'desk@commons.example' },
  goodFaith: true,
};
const start = { notice: 'n', caseId: 'c' };
const hour = (n: number) => new Date(Date.UTC(2026, 10, 1, n)).toISOString();
const walk = (events: readonly NoticeEvent[]) =>
  events.reduce<NoticeState | typeof start>((state, event, n) => moveNotice(state, event, hour(n)), start);
const sent = (n: number): NoticeEvent => ({ kind: 'sent', way: 'form', on: hour(n) });
const written: NoticeEvent = { kind: 'written', draft };
const answered = (n: number): NoticeEvent => ({
  kind: 'answered',
  outcome: 'removed',
  words: 'Gone.',
  on: hour(n),
});

describe('a notice', () => {
  it('is written, sent, chased, acknowledged, answered and closed', () => {
    const end = walk([
      written,
      sent(1),
      { kind: 'chased', way: 'form' },
      { kind: 'acknowledged', reference: '77' },
      answered(4),
      { kind: 'closed', why: 'Gone.' },
    ]);
    expect(end).toMatchObject({ phase: 'closed', chased: 1, reference: '77', sentAt: hour(1) });
  });

  it.each<[string, NoticeEvent[]]>([
    ['sent before it was written', [sent(0)]],
    ['sent twice', [written, sent(1), sent(2)]],
    ['changed after it was sent', [written, sent(1), written]],
    ['chased before it was sent', [written, { kind: 'chased', way: 'form' }]],
    ['answered before it was sent', [written, answered(1)]],
    ['sent in the future', [written, sent(9)]],
    ['answered in the future', [written, sent(1), answered(9)]],
    ['answered before the day it was sent', [written, sent(1), answered(0)]],
    ['moved after it was closed', [written, { kind: 'closed', why: 'x' }, sent(2)]],
  ])('is not %s', (_sin, events) => {
    expect(() => walk(events)).toThrow(Refusal);
  });

  it('does not go by e-mail to nobody', () => {
    const nobody: NoticeEvent = { kind: 'written', draft: { ...draft, email: null } };
    expect(() => walk([nobody, { kind: 'sent', way: 'e-mail', on: hour(1) }])).toThrow(Refusal);
  });

  it('waits for an answer in every history exactly while it is sent and neither answered nor closed', () => {
    const event: fc.Arbitrary<NoticeEvent> = fc.constantFrom<NoticeEvent>(
      written,
      sent(0),
      { kind: 'chased', way: 'form' },
      { kind: 'acknowledged', reference: '' },
      answered(0),
      { kind: 'closed', why: 'x' },
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 12 }), (events) => {
        let state: NoticeState | typeof start = start;
        for (const [n, one] of events.entries()) {
          try {
            state = moveNotice(state, one, hour(n));
          } catch (error) {
            if (!(error instanceof Refusal)) throw error;
          }
        }
        if (!('phase' in state)) return;
        expect(state.chased).toBeLessThanOrEqual(chasesMax);
        expect(noticeDue(state) !== null).toBe(state.phase === 'sent' || state.phase === 'acknowledged');
        if (state.answer) expect(state.sentAt).not.toBeNull();
      }),
    );
  });
});

describe('a draft', () => {
  it.each([
    ['a script for an address', { addresses: ['javascript:alert(1)'] }],
    ['an address that breaks out of its line', { addresses: ['https://a.example/\nBcc: x@y.example'] }],
    ['no address', { addresses: [] }],
    ['a hundred addresses', { addresses: Array(100).fill('https://a.example/') }],
    ['no reason', { explanation: '  ' }],
    ['no good faith', { goodFaith: false }],
    ['two e-mail addresses in one', { email: 'a@b.example, c@d.example' }],
    ['a header in the e-mail address', { email: 'a@b.example\r\nBcc: c@d.example' }],
    ['a megabyte of explanation', { explanation: 'x'.repeat(1_000_000) }],
    ['fields that nobody asked for', { more: true }],
  ])('with %s is refused', (_sin, change) => {
    expect(noticeDraft.safeParse({ ...draft, ...change }).success).toBe(false);
  });
});
