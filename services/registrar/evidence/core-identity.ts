/**
 * The provider's signed statement of who somebody is (GOV.UK One Login, `coreIdentityJWT`), verified against
 * the keys in its DID document. Only here stands the level of confidence.
 */
import { Refusal } from '@answerable/protocol/refusal';
import { decodeProtectedHeader, importJWK, type JWK, jwtVerify } from 'jose';
import { z } from 'zod';
import type { Evidence } from './evidence.ts';

const didBytesMax = 64 * 1024;
const didTimeoutMs = 5_000;
const namePartsMax = 12;
const algorithm = 'ES256';

const namePart = z.object({ type: z.string(), value: z.string().min(1).max(200) });
const coreIdentity = z.object({
  sub: z.string().max(400),
  vot: z.string(),
  vc: z.object({
    credentialSubject: z.object({
      name: z
        .array(
          z.object({
            nameParts: z.array(namePart).min(1).max(namePartsMax),
            validFrom: z.string().optional(),
            validUntil: z.string().nullish(),
          }),
        )
        .min(1)
        .max(20),
      birthDate: z
        .array(z.object({ value: z.string().regex(/^\d{4}-\d{2}-\d{2}$/) }))
        .min(1)
        .max(5),
    }),
  }),
});
type NameOnRecord = z.infer<typeof coreIdentity>['vc']['credentialSubject']['name'][number];

const didDocument = z.object({
  id: z.string().max(300),
  assertionMethod: z
    .array(z.object({ id: z.string().max(400), publicKeyJwk: z.record(z.string(), z.unknown()) }))
    .max(50),
});

/** Level of confidence by GPG 45, as we call it. Anything lower is no proof of a person. */
const assuranceOf: Readonly<Record<string, Evidence['assurance']>> = { P2: 'medium', P3: 'high' };

export interface CoreIdentityCheck {
  didUrl: string;
  issuer: string;
  audience: string;
  /** `sub` of the id token and of the user info. */
  subject: string;
  now: Date;
  fetch: typeof fetch;
}

/** Names, birth date and level of confidence. Refuses `evidence_refused`, `unavailable`. */
export async function readCoreIdentity(
  jwt: string,
  check: CoreIdentityCheck,
): Promise<Pick<Evidence, 'names' | 'birthDate' | 'assurance'>> {
  const key = await keyNamed(kidOf(jwt), check);
  const { payload } = await jwtVerify(jwt, key, {
    issuer: check.issuer,
    audience: check.audience,
    subject: check.subject,
    algorithms: [algorithm],
    currentDate: check.now,
    requiredClaims: ['exp'],
  }).catch(refuse);
  const parsed = coreIdentity.safeParse(payload);
  if (!parsed.success) throw new Refusal('evidence_refused');
  const { vot, vc } = parsed.data;
  const assurance = assuranceOf[vot];
  if (assurance === undefined) throw new Refusal('evidence_refused');
  const { name, birthDate } = vc.credentialSubject;
  return { names: currentFirst(name).map(nameOf), birthDate: birthDate[0]!.value, assurance };
}

function kidOf(jwt: string): string {
  try {
    return decodeProtectedHeader(jwt).kid ?? '';
  } catch {
    throw new Refusal('evidence_refused');
  }
}

// The document's own id must be what the key id begins with: a provider's document speaks for itself only.
async function keyNamed(kid: string, { didUrl, fetch }: CoreIdentityCheck) {
  const response = await fetch(didUrl, {
    redirect: 'error',
    signal: AbortSignal.timeout(didTimeoutMs),
  }).catch(() => undefined);
  const text = response?.ok ? await response.text().catch(() => undefined) : undefined;
  if (text === undefined || text.length > didBytesMax) throw new Refusal('unavailable');
  const document = didDocument.safeParse(parsedJson(text));
  if (!document.success) throw new Refusal('unavailable');
  const method = document.data.assertionMethod.find(({ id }) => id === kid);
  if (!method || !kid.startsWith(`${document.data.id}#`)) throw new Refusal('evidence_refused');
  return importJWK(method.publicKeyJwk as JWK, algorithm).catch(refuse);
}

function currentFirst(names: readonly NameOnRecord[]): NameOnRecord[] {
  return names.toSorted((a, b) => Number(Boolean(a.validUntil)) - Number(Boolean(b.validUntil)));
}

function nameOf({ nameParts }: NameOnRecord): { given: string; family: string } {
  const join = (type: string) =>
    nameParts
      .filter((part) => part.type === type)
      .map((part) => part.value)
      .join(' ');
  return { given: join('GivenName'), family: join('FamilyName') };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refuse(): never {
  throw new Refusal('evidence_refused');
}
