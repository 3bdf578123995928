/** What to say on the phone, in an order that a call handler asks in. Only what is known; no guess. */
import { displayText } from '../console/display-text.tsx';
import { minutes } from '../deciding/event-words.ts';
import type { Known } from './alarm-view.ts';

const quoteCharsMax = 600;

export function callText(service: string, caseId: string, known: Known): string {
  const { item, url, text, posted, account, lastSeen, reach, language, asReported } = known;
  const said = displayText(text).slice(0, quoteCharsMax);
  const lines = [
    `I am calling from ${service.replace(/^Safety desk/, 'the safety desk')}. Somebody on our forum may be in danger of dying.`,
    said ? `What they wrote: "${said}"` : 'I will tell you what we have seen.',
    asReported ? 'This is what somebody told us; we have not seen it ourselves.' : '',
    posted ? `Posted: ${minutes(posted)}${language ? `, language: ${language}` : ''}.` : '',
    item ? `Where: ${url ?? item} on our forum.` : '',
    account ? `The account is called: ${displayText(account)}.` : 'We do not know the name of the account.',
    lastSeen ? `The last thing we have seen from it is of ${minutes(lastSeen)}.` : '',
    'We do not know who they are or where they are.',
    reach.inbox || reach.platform === 'yes' ? 'We can send words to the account.' : 'We cannot reach them.',
    `Our reference: case ${caseId}.`,
  ];
  return lines.filter((line) => line !== '').join('\n');
}
