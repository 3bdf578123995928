/** What the verbs and pages of the console are given. */
import type { Clock } from '@answerable/kit/clock';
import type { Mode } from '@answerable/kit/config';
import { createSignIn, type SignIn } from '@answerable/kit/sign-in';
import type { Kysely } from 'kysely';
import type { RegistrarTables } from '../schema.ts';
import { type ConsolePasskeys, consolePasskeys } from './console-passkeys.ts';
import { consoleSessions } from './console-sessions.ts';
import { type OrganisationStore, organisationStore } from './organisation-store.ts';
import { type PeopleStore, peopleStore } from './people-store.ts';
import { type ReviewStore, reviewStore } from './review-store.ts';
import { type SuspensionStore, suspensionStore } from './suspension-store.ts';
import { type Vouching, type VouchNeeds, vouching } from './vouch.ts';
import { type RefereeLimits, refereeLimits, type VouchStore, vouchStore } from './vouch-store.ts';

export interface ConsoleParts {
  name: string;
  title: string;
  mode: Mode;
  origin: string;
  operatorToken: string;
  clock: Clock;
  db: Kysely<RegistrarTables>;
  signIn: SignIn;
  people: PeopleStore;
  organisations: OrganisationStore;
  passkeys: ConsolePasskeys;
  vouches: VouchStore;
  reviews: ReviewStore;
  suspensions: SuspensionStore;
  enrolment: VouchNeeds;
  vouching: Vouching;
}

interface Given {
  config: {
    name: string;
    title?: string | undefined;
    mode: Mode;
    origin: string;
    operatorToken: string;
    referees?: RefereeLimits | undefined;
  };
  clock: Clock;
  db: Kysely<RegistrarTables>;
  enrolment: VouchNeeds;
}

export function consoleParts({ config, clock, db, enrolment }: Given): ConsoleParts {
  const { name, mode, origin, operatorToken } = config;
  const title = config.title ?? name;
  const parts: Omit<ConsoleParts, 'vouching'> = {
    name,
    title,
    mode,
    origin,
    operatorToken,
    clock,
    db,
    signIn: createSignIn({
      service: name,
      clock,
      secure: origin.startsWith('https:'),
      store: consoleSessions(db, clock),
    }),
    people: peopleStore(db, clock),
    organisations: organisationStore(db, clock),
    passkeys: consolePasskeys(db, clock, { origin, title }),
    vouches: vouchStore(db, config.referees ?? refereeLimits.parse({})),
    reviews: reviewStore(db),
    suspensions: suspensionStore(db),
    enrolment,
  };
  return Object.assign(parts, { vouching: vouching(parts) });
}
