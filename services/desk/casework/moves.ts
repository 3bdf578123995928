/**
 * Which event may come in which phase, and where it leads; and who may cause it. Two tables, and nothing
 * that they do not name is allowed.
 */
import { careMoves } from './care.ts';
import type { EventKind, Role } from './event.ts';
import type { Phase } from './state.ts';

const panelMoves = { 'panel-asked': 'same', 'panel-late': 'same' } as const;

/** `same`: allowed, and the phase stays. `opened` is absent: it makes a case. */
export const moves: Record<Phase, Partial<Record<EventKind, Phase | 'same'>>> = {
  open: {
    ...careMoves.open,
    reported: 'same',
    complained: 'same',
    queued: 'queued',
    'item-seen': 'same',
    'distress-marked': 'same',
  },
  queued: {
    ...careMoves.queued,
    ...panelMoves,
    'held-elsewhere': 'same',
    reported: 'same',
    'reported-again': 'same',
    'added-to': 'same',
    'item-seen': 'same',
    'persons-counted': 'same',
    'distress-marked': 'same',
    claimed: 'assigned',
    noted: 'same',
    held: 'same',
    'hold-confirmed': 'same',
    'hold-lifted': 'same',
    'hold-lapsed': 'same',
    expired: 'same',
    appealed: 'same',
    'evidence-added': 'same',
    // of the panel, which does not take cases up
    heard: 'closed',
  },
  assigned: {
    ...careMoves.assigned,
    ...panelMoves,
    'held-elsewhere': 'same',
    reported: 'same',
    'reported-again': 'same',
    'added-to': 'same',
    'item-seen': 'same',
    'persons-counted': 'same',
    'distress-marked': 'same',
    claimed: 'same',
    released: 'queued',
    'handed-over': 'same',
    escalated: 'escalated',
    refiled: 'same',
    noted: 'same',
    assessed: 'same',
    proposed: 'escalated',
    decided: 'closed',
    held: 'same',
    'hold-confirmed': 'same',
    'hold-lifted': 'same',
    'hold-lapsed': 'same',
    expired: 'same',
    appealed: 'same',
    'evidence-added': 'same',
    heard: 'closed',
  },
  escalated: {
    ...careMoves.escalated,
    ...panelMoves,
    'held-elsewhere': 'same',
    reported: 'same',
    'reported-again': 'same',
    'added-to': 'same',
    'item-seen': 'same',
    'persons-counted': 'same',
    'distress-marked': 'same',
    claimed: 'assigned',
    noted: 'same',
    confirmed: 'closed',
    declined: 'queued',
    held: 'same',
    'hold-confirmed': 'same',
    'hold-lifted': 'same',
    'hold-lapsed': 'same',
    expired: 'same',
  },
  closed: {
    'reported-again': 'same',
    ...careMoves.closed,
    erased: 'same',
    'item-seen': 'same',
    'persons-counted': 'same',
    'distress-marked': 'same',
    noted: 'same',
    'hold-lapsed': 'same',
    expired: 'same',
    appealed: 'queued',
  },
};

const handling: readonly EventKind[] = [
  'claimed',
  'released',
  'handed-over',
  'noted',
  'alarm-raised',
  'alarm-step',
];
const looking: readonly EventKind[] = [...handling, 'escalated', 'refiled', 'assessed', 'held'];
const hearing: readonly EventKind[] = [
  ...handling,
  'heard',
  'confirmed',
  'declined',
  'panel-asked',
  'alarm-ended',
];
const deciding: readonly EventKind[] = [
  ...looking,
  ...hearing,
  'proposed',
  'decided',
  'hold-confirmed',
  'hold-lifted',
  'welfare-checked',
];

export const mayCause: Record<Role, ReadonlySet<EventKind>> = {
  reporter: new Set(['reported', 'reported-again', 'complained', 'added-to', 'asked-after-death']),
  holder: new Set(['appealed', 'evidence-added', 'welfare-wished']),
  panel: new Set(['confirmed', 'declined', 'hold-confirmed', 'hold-lifted', 'heard']),
  desk: new Set([
    'opened',
    'queued',
    'item-seen',
    'persons-counted',
    'distress-marked',
    'hold-lapsed',
    'held-elsewhere',
    'expired',
    'erased',
    'panel-asked',
    'panel-late',
    'welfare-due',
    'asked-after-death',
    'preserved',
    'preservation-ended',
  ]),
  triage: new Set(looking),
  moderator: new Set(deciding),
  appeals: new Set(hearing),
  admin: new Set(deciding),
  /** reads, and causes nothing */
  observer: new Set(),
};

/** What a rule or a classifier may cause. Detection ranks and explains; it never decides. */
export const needsHuman = (role: Role): boolean => !['desk', 'reporter', 'holder'].includes(role);
