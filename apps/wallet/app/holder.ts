/**
 * The worker that holds the secrets, as the window has it. Locking ends it and starts another: what it had in
 * memory goes with it. What JavaScript cannot promise: that the memory is overwritten at once, and that no copy
 * was swapped to disk.
 */
import { borrow, lend } from './boundary/relay.ts';
import { type Caller, connect, type Port } from './boundary/rpc.ts';

export interface Holder {
  call: Caller;
  /** Ends the worker, in every tab; the next call goes to a new one. */
  lock(): void;
  /** Ends the worker of this page, which goes away; if it comes back, it is as after a lock. */
  drop(): void;
  /** Told when another tab, or this one, has locked. */
  onLock(listener: () => void): void;
  /** Other tabs use this one's worker from here on, until one of them says that it is over. */
  lend(end: () => void): void;
}

const channelName = 'wallet-lock';

export function holdWorker(start: () => Worker): Holder {
  let worker = start();
  let call = connect(worker as Port);
  const listeners: (() => void)[] = [];
  const others = new BroadcastChannel(channelName);
  const end = () => {
    worker.terminate();
    worker = start();
    call = connect(worker as Port);
    for (const tell of listeners) tell();
  };
  others.addEventListener('message', end);
  addEventListener('pageshow', ({ persisted }) => persisted && end());
  return {
    call: (action, input, onStep) => call(action, input, onStep),
    lock() {
      others.postMessage('lock');
      end();
    },
    drop: () => worker.terminate(),
    onLock: (listener) => void listeners.push(listener),
    lend: (end) => lend(worker as Port, end),
  };
}

/** In a tab of a visit that another tab keeps: its worker. Dropping it ends it everywhere. */
export function borrowWorker(): Holder {
  const { port, end } = borrow();
  const nothing = () => {};
  return { call: connect(port), lock: nothing, drop: end, onLock: nothing, lend: nothing };
}
