/**
 * Any certified OpenID provider that verifies people. What its claims mean stands in a mapping file; here they
 * are read by it, strictly: what is not where the mapping says is not there.
 */
import { Refusal } from '@answerable/protocol/refusal';
import * as wire from '@answerable/protocol/wire';
import type { AdapterNeeds, EvidenceAdapter } from './adapter.ts';
import type { OpenidConfig } from './config.ts';
import type { Evidence, IdentityDocument } from './evidence.ts';
import { type ClaimMapping, readMapping, valueAt } from './mapping.ts';
import { relyingParty } from './relying-party.ts';
import { refusalOf } from './why-not.ts';

const textCharsMax = 200;
const entriesMax = 20;

type Told = Pick<Evidence, 'names' | 'birthDate' | 'documents' | 'residence' | 'assurance'>;

/** Throws ConfigRefused for a mapping that cannot be used. */
export function openidProvider(config: OpenidConfig, needs: AdapterNeeds): EvidenceAdapter {
  const { id, issuer, clientId, client, signedRequest } = config;
  const mapping = readMapping(id, config.mapping);
  const signing = client.method === 'private_key_jwt' ? client.signing : 'ES256';
  const party = relyingParty(
    { issuer, clientId, authentication: client, ...(signedRequest ? { requestSigning: signing } : {}) },
    needs,
  );
  return {
    authorizationUrl: (signIn) =>
      party.authorizationUrl(signIn, {
        scope: mapping.scope,
        ...(mapping.claims === undefined ? {} : { claims: JSON.stringify(mapping.claims) }),
        ...(mapping.acrValues === undefined ? {} : { acr_values: mapping.acrValues }),
      }),

    async receive(query, signIn) {
      try {
        const signed = await party.receive(query, signIn, mapping.from === 'userinfo');
        const { acr, sid } = signed.claims;
        if (mapping.acr && !(typeof acr === 'string' && mapping.acr.includes(acr)))
          throw new Refusal('evidence_insufficient');
        return {
          evidence: {
            ...readClaims(mapping, mapping.from === 'userinfo' ? signed.userInfo : signed.claims),
            issuer: signed.issuer,
            subject: signed.subject,
            ...(typeof sid === 'string' ? { session: sid } : {}),
            idToken: signed.idToken,
          },
        };
      } catch (error) {
        throw refusalOf(error);
      }
    },

    signedOut: (token) => party.signedOut(token),
  };
}

/**
 * What the claims say of a person, by the mapping. Refuses `evidence_unproven` (the provider did not prove
 * them), `evidence_insufficient` (too low a level, or no name or birth date).
 */
export function readClaims(mapping: ClaimMapping, claims: unknown): Told {
  for (const { at, oneOf } of mapping.requires)
    if (!oneOf.includes(wordAt(claims, at) ?? '')) throw new Refusal('evidence_unproven');
  const { assurance, birthDate, names } = mapping;
  const level = 'is' in assurance ? assurance.is : translated(claims, assurance);
  const born = wordAt(claims, birthDate);
  const current = nameOf(claims, names.current);
  if (level === undefined || !current || !wire.day.safeParse(born).success)
    throw new Refusal('evidence_insufficient');
  const former = names.former;
  const formerNames = former ? listAt(claims, former.list).flatMap((one) => nameOf(one, former) ?? []) : [];
  return {
    names: [current, ...formerNames],
    birthDate: born!,
    documents: mapping.documents.flatMap((one) => documentsOf(claims, one)),
    residence: residenceOf(claims, mapping.residence),
    assurance: level,
  };
}

type Value = ClaimMapping['names']['current']['given'];

/** A mononym has one of the two; nobody has neither. */
function nameOf(claims: unknown, { given, family }: { given: Value; family: Value }) {
  const name = { given: read(claims, given) ?? '', family: read(claims, family) ?? '' };
  return name.given === '' && name.family === '' ? undefined : name;
}

function documentsOf(claims: unknown, mapped: ClaimMapping['documents'][number]): IdentityDocument[] {
  const entries = mapped.list === undefined ? [claims] : listAt(claims, mapped.list);
  return entries.flatMap((entry) => {
    const kind = 'is' in mapped.kind ? mapped.kind.is : translated(entry, mapped.kind);
    const [issuer, number] = [read(entry, mapped.issuer), wordAt(entry, mapped.number)];
    return kind !== undefined && issuer !== undefined && number !== undefined
      ? [{ kind, issuer, number }]
      : [];
  });
}

function residenceOf(claims: unknown, mapped: ClaimMapping['residence']): Evidence['residence'] {
  if ('is' in mapped) return mapped.is;
  const country = wordAt(claims, mapped.country)?.toUpperCase();
  if (country === undefined) return 'unknown';
  return mapped.home.some((home) => home.toUpperCase() === country) ? 'gb' : 'elsewhere';
}

const read = (claims: unknown, value: Value): string | undefined =>
  'is' in value ? value.is : wordAt(claims, value.at);

function translated<T>(claims: unknown, { at, values }: { at: string; values: Record<string, T> }) {
  const said = wordAt(claims, at);
  return said !== undefined && Object.hasOwn(values, said) ? values[said] : undefined;
}

/** Text of a sensible length; numbers and booleans as they are written. */
function wordAt(claims: unknown, at: string): string | undefined {
  const found = valueAt(claims, at);
  if (typeof found === 'number' || typeof found === 'boolean') return String(found);
  if (typeof found !== 'string') return undefined;
  const word = found.trim();
  return word.length > 0 && word.length <= textCharsMax ? word : undefined;
}

function listAt(claims: unknown, at: string): unknown[] {
  const found = valueAt(claims, at);
  if (found === undefined || found === null) return [];
  return (Array.isArray(found) ? found : [found]).slice(0, entriesMax);
}
