/** The verbs of the command, in the order of the overview. Each is loaded when it is asked for. */
import type { Verb } from './verb.ts';

interface KnownVerb {
  name: string;
  /** One line for the overview. */
  summary: string;
  load(): Promise<Verb>;
}

export const verbs: readonly KnownVerb[] = [
  {
    name: 'start',
    summary: 'the whole practice network on this machine, and a guided tour of it',
    load: async () => (await import('./start.ts')).startVerb,
  },
  {
    name: 'desk',
    summary: 'a safety desk for one forum, alone: reports, decisions, appeals',
    load: async () => (await import('./desk.ts')).deskVerb,
  },
  {
    name: 'gateway',
    summary: 'what a forum installs to take in people it does not know: init, add, run',
    load: async () => (await import('./gateway.ts')).gatewayVerb,
  },
  {
    name: 'keeper',
    summary: 'run one keeper of a network for an organisation: init, run, status',
    load: async () => (await import('./keeper.ts')).keeperVerb,
  },
  {
    name: 'network',
    summary: 'three or more organisations found a network: init, join, run, found, sign, check',
    load: async () => (await import('./network.ts')).networkVerb,
  },
  {
    name: 'policy',
    summary: 'a platform’s policy: check, explain, diff, dry-run, announce',
    load: async () => (await import('./policy.ts')).policyVerb,
  },
  {
    name: 'story',
    summary: 'walk the whole story without a browser, and check every promise',
    load: async () => (await import('./story.ts')).storyVerb,
  },
  {
    name: 'audit',
    summary: 'verify a log to the byte, and say where it does not hold',
    load: async () => (await import('./audit.ts')).auditVerb,
  },
  {
    name: 'evidence',
    summary: 'check an evidence file of a safety desk: every hash, and its place in the log',
    load: async () => (await import('./evidence.ts')).evidenceVerb,
  },
  {
    name: 'wallet',
    summary: 'build the wallet, put a release on the record, check what a host serves',
    load: async () => (await import('./wallet.ts')).walletVerb,
  },
];
