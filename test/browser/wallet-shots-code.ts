/** Screens about the wallet's own code, as wallet-screens.test.ts looks at them. */
import type { Output } from '@answerable/wallet/app/boundary/actions';
import { member, stranger } from './fake-wallet-worker.ts';
import type { Shot } from './wallet-shots-vault.ts';
import { by } from './wallet-steps.ts';

type CodeView = Output<'code'>;
const groups = Array.from({ length: 16 }, (_, i) => (0xa3f0 + i * 977).toString(16).slice(-4)).join(' ');
const kept: CodeView = {
  running: { release: groups, version: '1.4.0', index: 48_112 },
  next: null,
  kept: true,
  checked: '2026-11-20T09:12:00.000Z',
  refused: null,
  reached: true,
  alarm: null,
};
const refused: CodeView = { ...kept, refused: { why: 'unlogged', at: '2026-11-20T09:12:00.000Z' } };
const first: CodeView = { ...refused, running: null, kept: false, checked: null };

const on = (name: string, view: CodeView, test: string): Shot => ({
  name,
  at: '#/code',
  recital: { look: [{ value: member }], code: [{ value: view }] },
  title: 'About this code',
  reach: (page) => by(page, test).waitFor(),
});

export const codeShots: Shot[] = [
  on('code', kept, 'code-good'),
  on('code-refused', refused, 'code-unlogged'),
  on(
    'code-replaced-before',
    { ...kept, next: { ...kept.running!, version: '1.5.0' }, alarm: '2026-11-19T07:00:00.000Z' },
    'code-alarm-before',
  ),
  {
    name: 'code-first-refused',
    at: '',
    recital: {
      look: [{ value: stranger }],
      code: [{ value: { ...first, refused: { ...first.refused!, why: 'altered' } } }],
    },
    title: 'Hello',
    reach: (page) => by(page, 'code-refused').waitFor(),
  },
];
