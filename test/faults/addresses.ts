/**
 * Every address of every service that takes a body, with a message that it would read: the sweep changes those.
 * `test/faults/network.test.ts` compares this list with the routes in the sources, so none is forgotten.
 */
import type { RoleName } from '@answerable/practice-constellation/network';
import type { Address } from './addresses/address.ts';
import { desk } from './addresses/desk.ts';
import { keeper, registrar } from './addresses/enrolment.ts';
import { gateway } from './addresses/gateway.ts';
import { guardian } from './addresses/guardian.ts';
import { commons, others } from './addresses/others.ts';
import type { Who } from './network.ts';

export const addresses: readonly Address[] = [
  ...registrar,
  ...keeper,
  ...gateway,
  ...guardian,
  ...desk,
  ...others,
  ...commons,
];

/** Addresses that are read, with what stands for their parameters replaced by what does not belong there. */
export const readAddresses: readonly (readonly [RoleName, string, Who?])[] = [
  ['registrar', '/enrolment/callback?state=*&code=*'],
  ['registrar', '/records/buckets/*'],
  ['registrar', '/evidence/jwks.json?*'],
  ['registrar', '/figures?*'],
  ['registrar', '/figures.csv?*'],
  ['gateway-commons', '/interaction/*'],
  ['gateway-commons', '/interaction/*/request'],
  ['gateway-commons', '/interaction/*/return'],
  ['gateway-commons', '/interaction/*/joined'],
  ['gateway-commons', '/interaction/*/break-glass'],
  ['gateway-commons', '/join/*'],
  ['gateway-commons', '/platform/policy?*', 'platform'],
  ['gateway-commons', '/platform/claims?after=*', 'platform'],
  ['gateway-commons', '/platform/accounts/*/wishes', 'platform'],
  ['gateway-commons', '/platform/wallet?*', 'platform'],
  ['gateway-commons', '/platform/claims/last-day?after=*', 'platform'],
  ['gateway-commons', '/policy/*'],
  ['gateway-commons', '/policy/*/history'],
  ['gateway-commons', '/claim/*'],
  ['gateway-commons', '/join?token=*'],
  ['gateway-commons', '/people/*'],
  ['gateway-commons', '/exit/*'],
  ['gateway-commons', '/platforms/*'],
  ['gateway-commons', '/platforms/*/sanction'],
  ['gateway-commons', '/platforms/*/emergency'],
  ['gateway-commons', '/sanctions?number=*'],
  ['gateway-commons', '/sanctions/*'],
  ['gateway-commons', '/break-glass?before=*'],
  ['gateway-commons', '/admin/sanctions/numbered/*', 'machine'],
  ['gateway-commons', '/admin/platforms/*', 'machine'],
  ['gateway-commons', '/admin/platforms/*/policies', 'machine'],
  ['gateway-commons', '/desk/sanctions/*', 'domain'],
  ['guardian-1', '/cases/*/approval'],
  ['guardian-1', '/cases/*', 'judge'],
  ['guardian-1', '/api/cases/*', 'judge'],
  ['guardian-1', '/sign-in?token=*'],
  ['guardian-1', '/ceremony/signed/*'],
  ['keeper-1', '/ceremony/transcript?*'],
  ['desk', '/receipts/*'],
  ['desk', '/receipts/*/evidence'],
  ['desk', '/decisions/*'],
  ['desk', '/panel/requests/*', 'moderator'],
  ['desk', '/disclosures/*'],
  ['desk', '/cases/*', 'moderator'],
  ['desk', '/next?after=*', 'moderator'],
  ['logbook', '/entries/by-key/*'],
  ['logbook', '/entries/*/proof'],
  ['logbook', '/entries/1/proof?size=*'],
  ['logbook', '/tile/*'],
  ['logbook', '/trust-policies/*'],
  ['authority', '/api/inquiries/*', 'officer'],
  ['authority', '/inquiries/*', 'officer'],
  ['authority', '/ask?item=*', 'officer'],
  ['commons', '/posts/*'],
  ['commons', '/pages/*'],
  ['commons', '/accounts/*'],
  ['commons', '/reported/*'],
  ['commons', '/join?told=*&country=*'],
  ['commons', '/callback?state=*&code=*'],
  ['commons', '/sign-up/verified?state=*&code=*'],
  ['commons', '/report?target=*'],
  ['commons', '/moderation/items/post/*', 'connector'],
  ['commons', '/moderation/pages/*/record', 'connector'],
  ['identity-provider', '/sign-in/*'],
  ['identity-provider', '/sign-in/*/consent?person=*'],
];
