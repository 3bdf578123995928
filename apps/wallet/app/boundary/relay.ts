/**
 * One worker for several tabs, while everything is in its memory: the tab that has it answers the calls of the
 * others. Between pages of this origin only; what crosses is what crosses to the worker anyway.
 */
import type { Port } from './rpc.ts';

const channelName = 'wallet-visit';
const clientChars = 36;
const over = 'over';

interface Asked {
  from: string;
  call: { id: number };
}
interface Answered {
  to: string;
  reply: { id: number };
}

/** The tab that has the worker answers from here on; `end`: another tab wants it to be over. */
export function lend(worker: Port, end: () => void): void {
  const channel = new BroadcastChannel(channelName);
  channel.addEventListener('message', ({ data }) => {
    if (data === over) return end();
    const { from, call } = data as Partial<Asked>;
    if (from && call) worker.postMessage({ ...call, id: from + call.id });
  });
  worker.addEventListener('message', ({ data }) => {
    const reply = data as { id: unknown };
    if (typeof reply.id !== 'string') return;
    const [to, id] = [reply.id.slice(0, clientChars), Number(reply.id.slice(clientChars))];
    channel.postMessage({ to, reply: { ...reply, id } } satisfies Answered);
  });
}

/** Another tab’s worker as if it were here, and how to have it ended. */
export function borrow(): { port: Port; end: () => void } {
  const channel = new BroadcastChannel(channelName);
  const from = crypto.randomUUID();
  const port: Port = {
    postMessage: (call) => channel.postMessage({ from, call } as Asked),
    addEventListener: (_, listener) =>
      channel.addEventListener('message', ({ data }) => {
        const { to, reply } = data as Partial<Answered>;
        if (to === from && reply) listener({ data: reply });
      }),
  };
  return { port, end: () => channel.postMessage(over) };
}
