/** Steps for the tour's own tests: one that writes rows, one that needs it, one that breaks, one that steals. */
import type { Step } from '@answerable/practice-story/step';
import { commitment, type InventedNetwork, notice, run } from './invented-network.ts';

export function inventedSteps({ urls, log }: InventedNetwork): Step[] {
  return [
    {
      id: 'sign-up',
      chapter: 'join',
      title: 'Noor joins Commons',
      says: 'She proves who she is once. Commons gets an account and no name.',
      needs: [],
      async run(world, tell) {
        tell('Noor proves who she is.');
        await run(urls.registrar, 'insert into record values ($1, $2, $3)', [
          'r1',
          Buffer.alloc(48, 0xa5),
          Buffer.alloc(300, 0x5a),
        ]);
        tell('Her wallet receives a credential.');
        await run(urls.commons, 'insert into account values ($1, $2, now())', ['k3w9sub', 'night-owl']);
        world.notes.set('noor', 'night-owl');
        log(commitment(1), commitment(2), commitment(3));
        return {
          ok: true,
          lines: ['Noor is in as night-owl.', 'Nobody who holds the account holds the name.'],
          learned: [
            { party: 'Registrar', what: 'that Noor Bellamy enrolled; not where she signs up' },
            { party: 'Commons', what: 'an account; nothing of who' },
          ],
        };
      },
    },
    {
      id: 'second-forum',
      chapter: 'join',
      title: 'The same person at a second forum',
      says: 'Nothing that the two forums hold links the accounts.',
      needs: ['sign-up'],
      async run(world, tell) {
        tell(`${world.notes.get('noor')} goes to Lantern.`);
        return { ok: true, lines: ['Two accounts, no link.'], learned: [], figures: { proofMs: 6.54 } };
      },
    },
    {
      id: 'broken',
      chapter: 'abuse',
      title: 'A step that breaks',
      says: 'It breaks off, and the tour says so.',
      needs: [],
      async run(_world, tell) {
        tell('It begins well.');
        throw new Error('the desk did not answer');
      },
    },
    {
      id: 'after-broken',
      chapter: 'abuse',
      title: 'What rests on it',
      says: 'It does not run.',
      needs: ['broken'],
      run: async () => ({ ok: true, lines: [], learned: [] }),
    },
    {
      id: 'steal',
      chapter: 'steal',
      title: 'Steal everything',
      says: 'A thief with every database and every key, and a list of 100,000 names.',
      needs: [],
      async run(_world, tell) {
        tell('The thief reads every table.');
        await run(urls.ban, "insert into account values ('owl', 'Noor Bellamy'), ('bun', 'Priya Marlowe')");
        return {
          ok: true,
          lines: ['The same script, the same list, both worlds.'],
          learned: [{ party: 'The thief', what: 'every name under the ban; none here' }],
          figures: { banNamed: 12, answerableNamed: 0, answerableLinked: 0, namesInTheList: 100_000 },
        };
      },
    },
    {
      id: 'open-one',
      chapter: 'open',
      title: 'Two of three agree',
      says: 'The authority sees one name, and the log says that it happened.',
      needs: ['sign-up'],
      async run() {
        log(notice(0, [1, 2]));
        return { ok: true, lines: ['One account was opened.'], learned: [] };
      },
    },
  ];
}
