/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * POST /cases/:caseId/addresses: where the platform could not tell an account, a moderator gets the address of its
 * decision page to hand over by other means. It is shown once; asking again makes a new one and ends the one
 * before. The case keeps who asked, because whoever has an address can answer in the holder's name.
 */

import { Notice } from '@answerable/kit/page.tsx';
import { checkShape, readJson } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import * as wire from '@answerable/protocol/wire';
import type { Context } from 'hono';
import { z } from 'zod';
import { human } from '../casework/event.ts';
import { consolePage } from '../console/console-page.tsx';
import { caseScreen } from '../deciding/case-screen.tsx';
import { actorFor, formOf, isJson, wantsJson } from '../deciding/staff-verb.ts';
import type { DeskParts } from '../parts.ts';
import { requireTheirs } from '../people/queue-access.ts';
import { addressOf } from './tell-holder.ts';

const asked = z.strictObject({ sub: wire.sub });

export const handOverAddress = (parts: DeskParts) => async (c: Context) => {
  const caseId = c.req.param('caseId') ?? '';
  try {
    const session = parts.signIn.session(c);
    const { staff } = session;
    const { sub } = isJson(c)
      ? await readJson(c, asked)
      : checkShape({ sub: (await formOf(c)).one('sub') }, asked);
    const actor = actorFor(staff, 'noted');
    await parts.casebook.act(caseId, (state) => {
      requireTheirs(staff, state);
      const note = 'Asked for the address of a decision page, to hand it over.';
      return [{ actor, tool: human, body: { kind: 'noted', note } }];
    });
    // Recorded that somebody asked; from here on the address before this one opens nothing.
    const code = await parts.letters.handOver(caseId, sub, staff.name);
    if (code === undefined) throw new Refusal('move_not_allowed', 'sub');
    const address = addressOf(parts.config.origin, code);
    if (wantsJson(c)) return c.json({ address });
    return consolePage(
      c,
      parts.config,
      { title: 'Hand this over', session },
      <Address {...{ address, caseId }} />,
    );
  } catch (error) {
    if (wantsJson(c) || !(error instanceof Refusal)) throw error;
    return caseScreen(c, parts, caseId, { draft: null, refusal: error });
  }
};

const Address = ({ address, caseId }: { address: string; caseId: string }) => (
  <>
    <Notice tone="mark" live>
      <p>
        <strong>This is shown once.</strong> Give it to the person whose account it is about, and to nobody
        else: whoever has it reads the decision and can appeal.
      </p>
      <p class="words">{address}</p>
    </Notice>
    <p>
      <a href={`/cases/${caseId}`}>Back to the case</a>
    </p>
  </>
);
