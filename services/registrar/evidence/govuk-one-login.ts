/**
 * GOV.UK One Login by its own rules, and so also its simulator: first signing in, then, as the same person,
 * proving who one is; identity claims from user info; the person themself in a signed statement of their own.
 * Source: its technical documentation, and the simulator's published behaviour.
 */
import { Refusal, type RefusalCode } from '@answerable/protocol/refusal';
import { z } from 'zod';
import type { AdapterNeeds, EvidenceAdapter } from './adapter.ts';
import type { OneLoginConfig } from './config.ts';
import { coreIdentityReader } from './core-identity.ts';
import type { Evidence, IdentityDocument } from './evidence.ts';
import { relyingParty } from './relying-party.ts';
import { refusalOf } from './why-not.ts';

const signInLevel = 'Cl.Cm';
const identityLevel = 'P2';
const vocabulary = 'https://vocab.account.gov.uk/v1';
const claims = ['coreIdentityJWT', 'passport', 'drivingPermit', 'address', 'returnCode'];

/** Where the keys of identities are, for the issuers that have said so: nowhere else is trusted for these. */
const identityHosts: Readonly<Record<string, string>> = {
  'https://oidc.account.gov.uk': 'https://identity.account.gov.uk/',
  'https://oidc.integration.account.gov.uk': 'https://identity.integration.account.gov.uk/',
};

const text = z.string().min(1).max(200);
const documents = <T extends z.ZodType>(one: T) => z.array(one).max(10).nullish();
const userInfo = z.object({
  [`${vocabulary}/coreIdentityJWT`]: z.string().max(20_000).optional(),
  [`${vocabulary}/passport`]: documents(z.object({ documentNumber: text, icaoIssuerCode: text.optional() })),
  [`${vocabulary}/drivingPermit`]: documents(z.object({ personalNumber: text, issuedBy: text.optional() })),
  [`${vocabulary}/address`]: z
    .array(z.object({ addressCountry: z.string().max(10).nullish(), validUntil: z.string().nullish() }))
    .max(20)
    .nullish(),
  [`${vocabulary}/returnCode`]: documents(z.object({ code: z.string().max(10) })),
});
interface UserInfo {
  coreIdentityJWT: string | undefined;
  passport: { documentNumber: string; icaoIssuerCode?: string | undefined }[];
  drivingPermit: { personalNumber: string; issuedBy?: string | undefined }[];
  address: { addressCountry?: string | null | undefined; validUntil?: string | null | undefined }[];
  returnCode: { code: string }[];
}

const refusalFor = {
  'another-document': 'evidence_document',
  later: 'evidence_later',
  'another-way': 'evidence_unproven',
} as const;

export function govukOneLogin(config: OneLoginConfig, needs: AdapterNeeds): EvidenceAdapter {
  const { issuer, clientId, signing, signedRequest, twoSteps } = config;
  const party = relyingParty(
    {
      issuer,
      clientId,
      authentication: { method: 'private_key_jwt', signing },
      ...(signedRequest ? { requestSigning: signing } : {}),
    },
    needs,
  );
  const identityOrigin = identityHosts[new URL(issuer).origin] ?? new URL(issuer).href;
  const readCoreIdentity = coreIdentityReader({
    didUrl: config.didUrl ?? new URL('/.well-known/did.json', identityOrigin).href,
    issuer: config.identityIssuer ?? identityOrigin,
    audience: clientId,
    clock: needs.clock,
    fetch: party.fetch,
  });

  return {
    authorizationUrl(signIn) {
      const asksIdentity = !twoSteps || signIn.signedInAs !== undefined;
      const level = asksIdentity ? `${signInLevel}.${identityLevel}` : signInLevel;
      return party.authorizationUrl(signIn, {
        scope: 'openid',
        vtr: JSON.stringify([level]),
        ui_locales: 'en',
        ...(asksIdentity ? { claims: claimsRequest() } : {}),
      });
    },

    async receive(query, signIn) {
      try {
        const asksIdentity = !twoSteps || signIn.signedInAs !== undefined;
        const signed = await party.receive(query, signIn, asksIdentity);
        if (signed.claims.vot !== signInLevel) throw new Refusal('evidence_insufficient');
        if (!asksIdentity) {
          const { issuer: at, subject } = signed;
          return { signedIn: { issuer: at, subject } };
        }
        // Two people at one keyboard: whoever signed in first is not who proved something now.
        if (signIn.signedInAs !== undefined && signIn.signedInAs !== signed.subject)
          throw new Refusal('evidence_mismatch');
        const info = readUserInfo(signed.userInfo);
        if (info.coreIdentityJWT === undefined) throw unproven(info.returnCode, config);
        const identity = await readCoreIdentity(info.coreIdentityJWT, signed.subject);
        const { sid } = signed.claims;
        return {
          evidence: {
            ...identity,
            issuer: signed.issuer,
            subject: signed.subject,
            ...(typeof sid === 'string' ? { session: sid } : {}),
            documents: documentsOf(info),
            residence: residenceOf(info),
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

const claimsRequest = (): string =>
  JSON.stringify({ userinfo: Object.fromEntries(claims.map((claim) => [`${vocabulary}/${claim}`, null])) });

// A return code can come with success; what counts is whether there is a signed identity.
function readUserInfo(claimed: unknown): UserInfo {
  const parsed = userInfo.safeParse(claimed);
  if (!parsed.success) throw new Refusal('evidence_refused');
  const claim = (name: string) => (parsed.data as Record<string, unknown>)[`${vocabulary}/${name}`];
  const list = (name: string) => claim(name) ?? [];
  return {
    coreIdentityJWT: claim('coreIdentityJWT'),
    passport: list('passport'),
    drivingPermit: list('drivingPermit'),
    address: list('address'),
    returnCode: list('returnCode'),
  } as UserInfo;
}

/** What a person can do now, by the letters, as far as the configuration knows them; never the letters. */
function unproven(codes: readonly { code: string }[], { returnCodes }: OneLoginConfig): Refusal {
  const known = codes.flatMap(({ code }) => (Object.hasOwn(returnCodes, code) ? [returnCodes[code]!] : []));
  const order = ['another-way', 'later', 'another-document'] as const;
  const gravest: RefusalCode = refusalFor[order.find((one) => known.includes(one)) ?? 'another-way'];
  return new Refusal(gravest);
}

function documentsOf({ passport, drivingPermit }: UserInfo): IdentityDocument[] {
  return [
    ...passport.map(({ documentNumber, icaoIssuerCode }) => ({
      kind: 'passport' as const,
      issuer: icaoIssuerCode ?? 'GBR',
      number: documentNumber,
    })),
    ...drivingPermit.map(({ personalNumber, issuedBy }) => ({
      kind: 'driving-licence' as const,
      issuer: issuedBy ?? 'DVLA',
      number: personalNumber,
    })),
  ];
}

function residenceOf({ address }: UserInfo): Evidence['residence'] {
  const current = address.filter(({ validUntil }) => !validUntil);
  const countries = current.flatMap(({ addressCountry }) => addressCountry?.toUpperCase() ?? []);
  if (countries.some((country) => country === 'GB' || country === 'GBR')) return 'gb';
  return countries.length > 0 ? 'elsewhere' : 'unknown';
}
