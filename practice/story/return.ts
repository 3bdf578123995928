/** Chapter three: the barred person comes back in every way, and a newcomer is let in. */
import { drawWords } from '@answerable/core/recall/words';
import { enrolAs, enrolWithWords, returnAs, signInAt, signUpAt } from '@answerable/practice-people/visit';
import { Refusal, type RefusalCode, refusals } from '@answerable/protocol/refusal';
import { doorOf, newWallet, player, refusalOf, takeSeat } from './cast.ts';
import type { Step } from './step.ts';
import type { World } from './world.ts';

interface Attempt {
  as: string;
  /** Codes that are an honest no to this attempt. */
  expected: readonly string[];
  make(): Promise<unknown>;
}

const comeBack: Step = {
  id: 'come-back',
  chapter: 'return',
  title: 'The barred person tries to come back',
  says: 'New browser, new wallet, new e-mail, second document, “I lost everything”: the same secret comes back, so the same bar does.',
  needs: ['bar'],
  async run(world, tell) {
    const results: { as: string; code: string; ok: boolean }[] = [];
    for (const attempt of attempts(world)) {
      const code = await refusalOf(attempt.make);
      results.push({ as: attempt.as, code, ok: attempt.expected.includes(code) });
      tell(`${attempt.as}: ${code}`);
    }
    return {
      ok: results.every((one) => one.ok),
      lines: results.map(({ as, code }) => `${as}: ${inWords(code)}`),
      learned: [
        { party: 'Commons', what: 'nothing: it never hears of the attempts' },
        { party: 'Keepers', what: 'that somebody tried the words of one record; not whose' },
      ],
      figures: { attempts: results.length, refused: results.filter(({ code }) => code !== 'let in').length },
    };
  },
};

function attempts(world: World): Attempt[] {
  const hounder = player(world, 'hounder');
  const door = doorOf(world, 'commons');
  const first = { person: 'hounder' };
  const second = { person: 'hounder', account: 'second' as const };
  const wayBack = async (shown: typeof first | typeof second) => {
    const wallet = newWallet(world);
    await returnAs(shown, wallet, hounder.words);
    return wallet;
  };
  return [
    {
      as: 'Sign in to the old account',
      expected: ['barred'],
      make: () => signInAt(door, hounder.wallet),
    },
    {
      as: 'Another account: new browser, new name',
      expected: ['barred'],
      make: () => signUpAt(door, hounder.wallet, { handle: 'totally_new', slot: 1 }),
    },
    {
      as: 'A new wallet, joining as if for the first time',
      expected: ['person_known'],
      make: () => enrolAs(first, newWallet(world)),
    },
    {
      as: 'A new e-mail and a second document, joining as if for the first time',
      expected: ['person_unsure', 'person_known'],
      make: () => enrolAs(second, newWallet(world)),
    },
    {
      as: '“I lost everything”: new wallet, four words, a new account',
      expected: ['barred'],
      make: async () => signUpAt(door, await wayBack(first), { handle: 'fresh_start', slot: 1 }),
    },
    {
      as: 'New e-mail, second document, new wallet, four words, a new account',
      expected: ['barred'],
      make: async () => signUpAt(door, await wayBack(second), { handle: 'someone_else', slot: 2 }),
    },
    {
      as: '“I forgot the words too”: guessing them',
      expected: ['words_wrong'],
      make: async () => {
        const wallet = newWallet(world);
        await returnAs(first, wallet, drawWords());
      },
    },
    {
      as: 'A reset, without words or device',
      expected: ['reset_waiting'],
      make: async () => {
        const { end } = await enrolAs(first, newWallet(world), { purpose: 'reset' });
        if (end === 'waiting')
          await enrolAs(first, newWallet(world), { purpose: 'reset' }).then(stillWaiting);
      },
    },
    {
      as: 'Somebody else’s e-mail and document, and stopping half way',
      expected: ['evidence_denied', 'evidence_refused'],
      make: () => enrolAs({ person: 'newcomer', outcome: 'stopped' }, newWallet(world)),
    },
  ];
}

function stillWaiting({ end }: { end: string }): void {
  if (end === 'waiting') throw new Refusal('reset_waiting');
}

const newcomer: Step = {
  id: 'newcomer',
  chapter: 'return',
  title: 'A newcomer is let in',
  says: 'Nothing of this stands in the way of somebody new.',
  needs: ['sign-up'],
  async run(world) {
    const who = player(world, 'newcomer');
    if (who.words.length === 0) who.words = await enrolWithWords({ person: 'newcomer' }, who.wallet);
    if (who.seats.length === 0) await takeSeat(world, who, 'commons', 'noor_reads');
    return {
      ok: who.seats.length > 0,
      lines: ['The newcomer proved once who they are, signed up as noor_reads, and is in.'],
      learned: [{ party: 'Commons', what: 'a handle, “over 13, lives in the UK”' }],
    };
  },
};

export const returnSteps: readonly Step[] = [comeBack, newcomer];

function inWords(code: string): string {
  if (code === 'let in') return 'LET IN';
  return `refused: ${refusals[code as RefusalCode].title}`;
}
