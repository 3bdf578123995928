/**
 * Calls across the worker boundary: one message out, any number of steps, one end. A refusal crosses as its
 * code and its few facts; any other error crosses as `internal` without its text, which may hold a secret.
 */
import type { RefusalCode } from '@answerable/protocol/refusal';
import type { ActionName, Input, Output, Step } from './actions.ts';

/** Codes of the one table, and the wallet's own. `distrust`: a party said something that does not hold. */
export type WalletCode =
  | RefusalCode
  | 'policy_refused'
  | 'request_refused'
  | 'distrust'
  | 'still_waiting'
  | 'rules_changed'
  | LockCode;
/** About opening this wallet; `lock_closed` never says why. */
type LockCode =
  | 'locked'
  | 'lock_closed'
  | 'lock_wait'
  | 'proof_wanted'
  | 'history_closed'
  | 'passkey_stopped'
  | 'last_way'
  | 'passkey_without_key'
  | 'passphrase_words';

/** A clear no, as the window sees it. */
export class Refused extends Error {
  readonly code: WalletCode;
  readonly facts: RefusalFacts;
  constructor(code: WalletCode, facts: RefusalFacts = {}) {
    super(code);
    this.name = 'Refused';
    this.code = code;
    this.facts = facts;
  }
}
export interface RefusalFacts {
  triesLeft?: number;
  triesLeftToday?: number;
  /** Name of a party that did not answer, or whose answer does not hold. */
  party?: string;
  /** Seconds until a passphrase is tried again. */
  waitSeconds?: number;
}

interface Call {
  id: number;
  action: ActionName;
  input: unknown;
}
type Reply = { id: number } & (
  | { step: Step }
  | { value: unknown }
  | { code: WalletCode; facts: RefusalFacts }
);

/** The part of a Worker or of its global scope that calls go through. */
export interface Port {
  postMessage(message: unknown): void;
  addEventListener(kind: 'message', listener: (event: { data: unknown }) => void): void;
}

export type Caller = <A extends ActionName>(
  action: A,
  input: Input<A>,
  onStep?: (step: Step) => void,
) => Promise<Output<A>>;

/** The window's side. Calls end with a value or throw Refused. */
export function connect(port: Port): Caller {
  const open = new Map<number, { end: (reply: Reply) => void; onStep: ((step: Step) => void) | undefined }>();
  let last = 0;
  port.addEventListener('message', ({ data }) => {
    const reply = data as Reply;
    const call = open.get(reply.id);
    if (!call) return;
    if ('step' in reply) return call.onStep?.(reply.step);
    open.delete(reply.id);
    call.end(reply);
  });
  return (action, input, onStep) =>
    new Promise((resolve, reject) => {
      const id = ++last;
      const end = (reply: Reply) => {
        if ('code' in reply) reject(new Refused(reply.code, reply.facts));
        else if ('value' in reply) resolve(reply.value as Output<typeof action>);
      };
      open.set(id, { end, onStep });
      port.postMessage({ id, action, input } satisfies Call);
    });
}

export type Handlers = {
  [A in ActionName]: (input: Input<A>, onStep: (step: Step) => void) => Promise<Output<A>>;
};

/** What answers calls. `refusedBy` turns what a handler threw into a code. */
export interface Answerer {
  handlers: Handlers;
  refusedBy(error: unknown): Refused;
}

/**
 * The worker's side. It listens at once and answers when `loaded` is there: messages that come before a
 * listener are lost.
 */
export function answerCalls(port: Port, loaded: Promise<Answerer>): void {
  port.addEventListener('message', async ({ data }) => {
    const { id, action, input } = data as Call;
    const say = (reply: Omit<Reply, 'id'>) => port.postMessage({ id, ...reply });
    let refusedBy = (_: unknown) => new Refused('internal');
    try {
      const { handlers, ...answerer } = await loaded;
      refusedBy = answerer.refusedBy;
      if (!Object.hasOwn(handlers, action)) throw new Refused('internal');
      const handle = handlers[action] as (input: unknown, onStep: (step: Step) => void) => Promise<unknown>;
      say({ value: await handle(input, (step) => say({ step } as never)) } as never);
    } catch (error) {
      const { code, facts } = error instanceof Refused ? error : refusedBy(error);
      say({ code, facts } as never);
    }
  });
}
