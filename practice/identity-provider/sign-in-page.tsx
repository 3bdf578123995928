/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * The pages of the practice provider: who do you want to be, and do you want to go on. Forms without scripts.
 */
import { Button, Facts, Form, Notice, page } from '@answerable/kit/page.tsx';
import type { Context } from 'hono';
import { type AuthorizationRequest, identityClaims } from './authorize.ts';
import type { Person } from './people.ts';
import { type Account, evidenceOf } from './sign-in.ts';

const frame = { service: 'Practice identity provider', practice: true } as const;
const style = '.person { width:100%; text-align:left } .person span { display:block; font-weight:400 }';

/** Everybody one can be. */
export function peoplePage(
  c: Context,
  name: string,
  request: AuthorizationRequest,
  people: readonly Person[],
) {
  const content = (
    <>
      <p>
        <strong>{clientName(request)}</strong> asks you to prove who you are. Choose who you want to be.
      </p>
      <form method="get" action={`/sign-in/${name}/consent`} aria-label="Who you are">
        <div class="field choice">
          <input type="checkbox" id="second" name="account" value="second" />
          <label for="second">With a new account and another document, as if for the first time</label>
        </div>
        <ul class="cards">
          {people.map((person) => (
            <li>
              <button type="submit" class="button plain person" name="person" value={person.id}>
                {fullName(person)}
                <span>{person.about}</span>
              </button>
            </li>
          ))}
        </ul>
      </form>
    </>
  );
  return page(c, { ...frame, title: 'Who do you want to be?', style }, content);
}

/** What will be told, and whether to go on. */
export function consentPage(
  c: Context,
  name: string,
  request: AuthorizationRequest,
  person: Person,
  account: Account,
) {
  const content = (
    <>
      <p>
        You are <strong>{fullName(person)}</strong>. <strong>{clientName(request)}</strong> will be told:
      </p>
      <Facts facts={told(request, person, account)} />
      <Form action={`/sign-in/${name}`} csrf={undefined} label="Consent">
        <input type="hidden" name="person" value={person.id} />
        <input type="hidden" name="account" value={account} />
        <div class="row">
          <Button name="outcome" value="proved">
            Continue
          </Button>
          <Button name="outcome" value="stopped" kind="plain">
            Stop
          </Button>
          {request.wantsIdentity ? (
            <Button name="outcome" value="failed" kind="plain">
              Fail the proof
            </Button>
          ) : null}
        </div>
      </Form>
      <p>
        <a href={`/sign-in/${name}`}>Be somebody else</a>
      </p>
    </>
  );
  return page(c, { ...frame, title: 'Prove who you are' }, content);
}

/**
 * The way back. Not a redirect: browsers hold a form's whole chain of redirects against `form-action`, and
 * where the client goes next is its own affair.
 */
export function returnPage(c: Context, address: string) {
  const content = (
    <p>
      <a href={address}>Continue</a> if your browser does not take you back by itself.
    </p>
  );
  const script = `location.replace(${JSON.stringify(address).replaceAll('<', '\\u003c')})`;
  return page(c, { ...frame, title: 'Taking you back', script }, content);
}

/** A request that cannot be answered, told to the person because there is nowhere to send them. */
export function refusedPage(c: Context, why: string) {
  const content = (
    <Notice tone="bad">
      <p>{why}</p>
    </Notice>
  );
  return page(c, { ...frame, title: 'This does not work', status: 400 }, content);
}

function told(request: AuthorizationRequest, person: Person, account: Account) {
  const facts: [string, string][] = [['That you signed in', 'yes']];
  if (!request.wantsIdentity) return facts;
  const claims: ReadonlySet<string> =
    request.client.flavour === 'flat' ? new Set<string>(identityClaims) : request.claims;
  const { passport, drivingPermit } = evidenceOf(person, account);
  if (claims.has('coreIdentityJWT')) facts.push(['Name', fullName(person)], ['Birth date', person.birthDate]);
  if (passport && claims.has('passport'))
    facts.push(['Passport', `${passport.icaoIssuerCode} ${passport.documentNumber}`]);
  if (drivingPermit && claims.has('drivingPermit'))
    facts.push(['Driving licence', drivingPermit.personalNumber]);
  if (claims.has('address'))
    facts.push(['Address', `${person.address.addressLocality}, ${person.address.addressCountry}`]);
  return facts;
}

const fullName = (person: Person) => `${person.givenName} ${person.familyName}`;
const clientName = (request: AuthorizationRequest) => request.client.name ?? request.client.client_id;
