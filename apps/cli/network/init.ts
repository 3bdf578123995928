/** `network init`: an example to change, or, from a plan, an invitation and a page for each organisation. No secrets. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dayOf } from '@answerable/kit/clock';
import { ConfigRefused } from '@answerable/kit/config';
import { writeJsonFile } from '@answerable/kit/durable-json';
import { hashInGroups } from '@answerable/protocol/wallet-release';
import { examplePlan } from './example-plan.ts';
import { fingerprintOf, type Invitation, readShape, refuseFaults } from './invitation.ts';
import { networkPlan } from './plan.ts';
import { portBaseDefault, startingPage } from './starting-page.ts';

const idBytes = 16;
const goodForDays = 30;
const dayMs = 86_400_000;

/** Throws ConfigRefused with all that is wrong with the plan. Returns what to print. */
export function initNetwork(planPath: string, outDir: string, now = new Date()): string {
  if (!existsSync(planPath)) {
    writeFileSync(planPath, `${JSON.stringify(examplePlan, null, 2)}\n`, { flag: 'wx' });
    return `Written: ${planPath}\n\nAn example. Change names, titles and addresses with the others, then say the same again.\n`;
  }
  const read = readShape(planPath, networkPlan);
  const plan = { ...read, effective: read.effective ?? dayOf(now) };
  const id = randomBytes(idBytes).toString('base64url');
  const until = dayOf(new Date(now.getTime() + goodForDays * dayMs));
  const invitations = plan.organisations.map(
    (organisation): Invitation => ({ v: 1, id, until, for: organisation.name, plan }),
  );
  refuseFaults({ plan });
  if (existsSync(outDir))
    throw new ConfigRefused(
      `${outDir} is there already; nothing was changed. If nobody was sent anything from it, delete it; else choose another with --out.`,
    );
  for (const one of invitations) {
    const folder = join(outDir, one.for);
    mkdirSync(folder, { recursive: true });
    writeJsonFile(join(folder, 'invitation.json'), one);
    writeFileSync(join(folder, 'START.md'), startingPage(one, portBaseDefault));
  }
  const own = invitations.find((one) => one.for === plan.conductor)!;
  return `${startingPage(own, portBaseDefault)}
---
Written: ${invitations.map((one) => join(outDir, one.for)).join(', ')}
Each has an invitation and a page for one organisation. They are public: send each its folder.
Fingerprint of the plan: ${hashInGroups(fingerprintOf(own))}
Above is the page of who conducts, which you are: now \`npx answerable network join ${join(outDir, plan.conductor, 'invitation.json')}\`.
`;
}
