/**
 * The provider's signed statement of who somebody is (GOV.UK One Login, `coreIdentityJWT`), verified against
 * the keys in its DID document. Only here stands the level of confidence.
 */
import type { Clock } from '@answerable/kit/clock';
import { Refusal } from '@answerable/protocol/refusal';
import { decodeProtectedHeader, importJWK, type JWK, jwtVerify } from 'jose';
import { z } from 'zod';
import { type Kept, type KeptDocument, keptFor } from './cache-control.ts';
import type { Evidence } from './evidence.ts';

const didBytesMax = 64 * 1024;
const didTimeoutMs = 5_000;
const didBounds = { minSeconds: 60, maxSeconds: 86_400 };
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

type DidDocument = z.infer<typeof didDocument>;

/** Level of confidence by GPG 45, as we call it. Anything lower is no proof of a person. */
const assuranceOf: Readonly<Record<string, Evidence['assurance']>> = { P2: 'medium', P3: 'high' };

export interface CoreIdentityCheck {
  /** Fixed: the key id in a token never says where to look. */
  didUrl: string;
  issuer: string;
  audience: string;
  clock: Clock;
  fetch: typeof fetch;
}

type Identity = Pick<Evidence, 'names' | 'birthDate' | 'assurance'>;

/**
 * Reads signed identities: names, birth date and level of confidence of who signed in as `subject`. Refuses
 * `evidence_refused`, `evidence_insufficient` (another level than we need), `evidence_unavailable`.
 */
export function coreIdentityReader(
  check: CoreIdentityCheck,
): (jwt: string, subject: string) => Promise<Identity> {
  const document = keptFor(check.clock, didBounds, () => fetchDidDocument(check));
  return async (jwt, subject) => {
    const key = await keyNamed(kidOf(jwt), document);
    const { payload } = await jwtVerify(jwt, key, {
      issuer: check.issuer,
      audience: check.audience,
      subject,
      algorithms: [algorithm],
      currentDate: check.clock.now(),
      requiredClaims: ['exp'],
    }).catch(refuse);
    const parsed = coreIdentity.safeParse(payload);
    if (!parsed.success) throw new Refusal('evidence_refused');
    const { vot, vc } = parsed.data;
    const assurance = Object.hasOwn(assuranceOf, vot) ? assuranceOf[vot] : undefined;
    if (assurance === undefined) throw new Refusal('evidence_insufficient');
    const { name, birthDate } = vc.credentialSubject;
    return { names: currentFirst(name).map(nameOf), birthDate: birthDate[0]!.value, assurance };
  };
}

function kidOf(jwt: string): string {
  try {
    return decodeProtectedHeader(jwt).kid ?? '';
  } catch {
    throw new Refusal('evidence_refused');
  }
}

// The document's own id must be what the key id begins with: a provider's document speaks for itself only.
// A key id that is not in it may be newer than our copy; one that is not in the newest is not trusted.
async function keyNamed(kid: string, document: KeptDocument<DidDocument>) {
  const find = ({ id, assertionMethod }: DidDocument) =>
    kid.startsWith(`${id}#`) ? assertionMethod.find((method) => method.id === kid) : undefined;
  const method = find(await document.get()) ?? find(await document.anew());
  if (!method) throw new Refusal('evidence_refused');
  return importJWK(method.publicKeyJwk as JWK, algorithm).catch(refuse);
}

async function fetchDidDocument({ didUrl, fetch }: CoreIdentityCheck): Promise<Kept<DidDocument>> {
  const response = await fetch(didUrl, {
    redirect: 'error',
    signal: AbortSignal.timeout(didTimeoutMs),
  }).catch(() => undefined);
  const text = response?.ok ? await response.text().catch(() => undefined) : undefined;
  if (!response || text === undefined || text.length > didBytesMax) throw new Refusal('evidence_unavailable');
  const document = didDocument.safeParse(parsedJson(text));
  if (!document.success) throw new Refusal('evidence_unavailable');
  return { value: document.data, cacheControl: response.headers.get('cache-control') };
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
