/**
 * The worker's side of every action: the engine, given this browser's network, clock and sealed store. State
 * changes one at a time, in all tabs together. What is waiting for an answer is kept sealed until it is given,
 * so that somebody can join in the middle of signing in.
 */

import { WORDS } from '@answerable/core/recall/word-list';
import { isOneSlip, readWords } from '@answerable/core/recall/words';
import type { InboxResponse } from '@answerable/protocol/admission/account-call';
import { Refusal } from '@answerable/protocol/refusal';
import type { Way } from '../../engine/answer-request.ts';
import { Distrust } from '../../engine/distrust.ts';
import { WordsWrong } from '../../engine/recall.ts';
import { StillWaiting } from '../../engine/wait-before-use.ts';
import type { Wallet } from '../../engine/wallet.ts';
import { lookAtCode } from '../code/code-actions.ts';
import { accountHandlers } from './account-handlers.ts';
import type { AccountAt, AskAnswer, CountsView, Situation } from './actions.ts';
import { type Device, openDevice } from './device.ts';
import { addRecent, openRecent } from './recent.ts';
import { errandsLater, recordHandlers, recordNews } from './record-handlers.ts';
import { returnHandlers } from './return-handlers.ts';
import { type Answerer, type Handlers, Refused } from './rpc.ts';
import { vaultHandlers } from './vault-handlers.ts';
import { askView, countsView, networkView, noticesView, placeTitle } from './view.ts';

const slotsLooked = 8;
const nearMax = 4;

export async function answererFor(profile: string): Promise<Answerer> {
  return { handlers: handlersOf(openDevice(profile)), refusedBy };
}

function handlersOf(device: Device): Handlers {
  const withWallet = async <T>(act: (wallet: Wallet) => Promise<T>): Promise<T> =>
    act((await device.ready()).wallet);
  const alone = <T>(act: (wallet: Wallet) => Promise<T>) => device.alone(() => withWallet(act));
  return {
    ...vaultHandlers(device),
    look: ({ recent }) => look(device, recent),
    begin: ({ purpose, route, named }) => alone((wallet) => wallet.beginEnrolment(purpose, route, named)),
    beVouched: ({ purpose }) => alone((wallet) => wallet.beVouched(purpose)),
    vouchedYet: ({ session }) => alone(async (wallet) => ({ vouched: await wallet.vouchedYet(session) })),
    askReview: () => alone((wallet) => wallet.askReview()),
    finish: (back, onStep) => alone((wallet) => wallet.finishEnrolment({ ...back, onStage: onStep })),
    proposeWords: async () => ({ words: (await device.ready()).wallet.proposeWords() }),
    checkWord: async ({ word }) => checkWord(word),
    setWords: ({ words }, onStep) =>
      alone(async (wallet) => {
        onStep('keepers');
        await wallet.setWords(words);
        return null;
      }),
    ...returnHandlers(device),
    ask: async ({ request }) => {
      const { wallet } = await device.ready();
      const view = await wallet.readRequest(request);
      await device.keepWaiting({ title: view.title, request, expires: view.expires });
      return askView(view);
    },
    answer: ({ request, answer, recent }, onStep) =>
      alone(async (wallet) => {
        const way = await lookBefore(wallet, request, answer);
        onStep(answer.way === 'new' && !(await wallet.look()).ready ? 'log' : 'proof');
        const { gateway, platform, title } = await wallet.readRequest(request);
        const place = { gateway: gateway.name, platform, title, slot: answer.slot };
        const { address } = await wallet.answerRequest(request, way);
        await device.keepWaiting(undefined);
        return { address, recent: await addRecent(await device.vault(), recent, place) };
      }),
    decline: async ({ request }) => {
      const { gateway, request: id } = (await device.ready()).read(request);
      await device.keepWaiting(undefined);
      return { address: `${gateway.origin}/interaction/${id}` };
    },
    inbox: (at) => withWallet((wallet) => readInbox(wallet, at)),
    appeal: ({ caseId, track, grounds, ...at }) =>
      withWallet((wallet) => wallet.appeal(at, { caseId, track, grounds }).then(nothing)),
    reply: ({ caseId, reply, ...at }) =>
      withWallet((wallet) => wallet.replyInHearing(at, { caseId, reply }).then(nothing)),
    wish: ({ caseId, wish, ...at }) =>
      withWallet((wallet) => wallet.sayWish(at, { caseId, wish }).then(nothing)),
    findNotices: async (_, onStep) => {
      onStep('reading');
      const { wallet, policy } = await device.ready();
      return noticesView(policy, await device.alone(() => wallet.findNotices()));
    },
    code: (ask) => lookAtCode(ask),
    counts: ({ platform, fresh }) => countsIn(device, platform, fresh),
    proposeHandle: ({ request, slot, n }) =>
      withWallet(async (wallet) => ({ handle: await wallet.proposeName(request, slot, n) })),
    handleUsed: ({ request, handle }) =>
      withWallet(async (wallet) => ({ elsewhere: await wallet.usedElsewhere(request, handle) })),
    wait: ({ days }) => alone(async (wallet) => ({ until: await wallet.waitBeforeUse(days) })),
    stopWaiting: () => alone((wallet) => wallet.stopWaiting().then(nothing)),
    ...recordHandlers(device),
    ...accountHandlers(device),
    forget: async () => {
      await device.forget();
      return null;
    },
  };
}

const nothing = (): null => null;

async function look(device: Device, recent: string | undefined): Promise<Situation> {
  const { wallet, policy, mode } = await device.ready();
  const seen = await wallet.look();
  if (seen.holds === 'credential') errandsLater(device);
  const { title, request } = (await device.waiting()) ?? {};
  const vault = await device.vault();
  const { ways, lock } = await vault.record();
  return {
    mode,
    network: networkView(policy),
    record: await recordNews(wallet),
    holds: seen.holds,
    attributes: seen.attributes,
    wordsSet: seen.wordsSet,
    wordsPossible: seen.wordsCanBeSet,
    recallOpen: seen.recallOpen,
    wayBack: seen.wayBack,
    waiting: title && request ? { title, request } : null,
    lock: ways.some(({ kind }) => kind !== 'device') ? lock : null,
    visiting: device.visiting(),
    aside: await vault.aside(),
    waitUntil: seen.waitUntil,
    noticesFound: seen.noticesFound,
    recent: await openRecent(vault, recent),
  };
}

// A part at a time, so that an answer does not wait for the whole log.
async function countsIn(
  device: Device,
  platform: string | undefined,
  fresh: boolean,
): Promise<CountsView | null> {
  const ready = await device.ready();
  const { wallet, policy } = ready;
  while (fresh && !(await device.alone(() => wallet.surveyLog())))
    if ((await device.ready()) !== ready) return null; // forgotten meanwhile
  const counts = await wallet.counts();
  const here = platform === undefined ? undefined : await wallet.peopleAt(platform);
  return counts ? countsView(policy, counts, here) : null;
}

/**
 * The person has said yes, so the gateway may hear from the account: a refusal it would give is shown here
 * with what can be done, instead of after the way back. If it does not answer, it will say so itself.
 */
async function lookBefore(wallet: Wallet, request: string, answer: AskAnswer): Promise<Way> {
  const { gateway, platform, policyHash } = await wallet.readRequest(request);
  const { way, slot } = answer;
  const found = await wallet
    .readInbox({ gateway: gateway.name, platform, slot })
    .catch((error: unknown) => error);
  if (found instanceof Refusal) {
    if (found.code === 'account_unknown' && way === 'sign-in') throw found;
    return way === 'new' ? answer : { way, slot, again: false };
  }
  if (found instanceof Error) throw found;
  const { standing, presentAgain } = found as InboxResponse;
  if (standing === 'barred' || standing === 'suspended') throw new Refused(standing);
  if (standing === 'closed') throw new Refused('account_closed');
  if (answer.way === 'new') throw new Refused('slot_taken');
  // It presents again: that is a matter of course, unless the rules are others than it last agreed to.
  if (presentAgain && presentAgain.agreed !== policyHash && !answer.agreed)
    throw new Refused('rules_changed');
  return { way: 'sign-in', slot, again: presentAgain !== undefined };
}

/** The messages of this account, or of the first of the person's accounts there that exists. */
async function readInbox(wallet: Wallet, at: AccountAt): Promise<InboxResponse & { slot: number }> {
  const others = Array.from({ length: slotsLooked }, (_, i) => i + 1).filter((slot) => slot !== at.slot);
  for (const slot of [at.slot, ...others]) {
    try {
      return { ...(await wallet.readInbox({ ...at, slot })), slot };
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'account_unknown') throw error;
    }
  }
  throw new Refusal('account_unknown');
}

function checkWord(word: string): { known: boolean; near: string[] } {
  const reading = readWords(word);
  if (reading.ok || reading.unknown.length === 0) return { known: true, near: [] };
  const like = reading.unknown.flatMap(({ like }) => like);
  const begins = WORDS.filter(
    (known) => known.startsWith(word) || isOneSlip(word, known.slice(0, word.length)),
  );
  return { known: false, near: [...new Set([...like, ...begins])].slice(0, nearMax) };
}

function refusedBy(error: unknown): Refused {
  if (error instanceof WordsWrong) {
    const { triesLeft, triesLeftToday } = error;
    return new Refused('words_wrong', { triesLeft, triesLeftToday });
  }
  if (error instanceof StillWaiting) return new Refused('still_waiting');
  if (error instanceof Distrust && error.doubt === 'request') return new Refused('request_refused');
  if (error instanceof Distrust) return new Refused('distrust', { party: placeTitle(error.party) });
  if (error instanceof Refusal && error.code === 'party_unknown') return new Refused('request_refused');
  if (error instanceof Refusal && error.code === 'unavailable' && error.pointer)
    return new Refused('unavailable', { party: placeTitle(error.pointer) });
  if (error instanceof Refusal) return new Refused(error.code);
  return new Refused('internal');
}
