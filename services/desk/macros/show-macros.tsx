/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** GET /reasons and /reasons/:macro; POST /reasons, /reasons/:macro and /reasons/:macro/retire: what staff keep ready. */
import { asForm, checkShape, readJson } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import * as wire from '@answerable/protocol/wire';
import type { Context } from 'hono';
import { consolePage } from '../console/console-page.tsx';
import { displayText } from '../console/display-text.tsx';
import { refusalPage } from '../console/refusal-page.tsx';
import { isJson, wantsJson } from '../deciding/staff-verb.ts';
import type { DeskParts } from '../parts.ts';
import { storable } from '../storable.ts';
import { type MacroWords, macroWords } from './macro.ts';
import { MacroPage, MacrosPage } from './macro-page.tsx';

const offencesNow = ({ law, clock }: DeskParts) =>
  law.offences(law.rules(clock.now().toISOString().slice(0, 10)));

export const showMacros = (parts: DeskParts) => async (c: Context) => {
  const session = parts.signIn.session(c);
  const macros = await parts.macros.all();
  if (wantsJson(c)) return c.json({ macros });
  const props = { macros, csrf: session.csrf, offences: offencesNow(parts) };
  return consolePage(c, parts.config, { title: 'Reasons kept ready', session }, <MacrosPage {...props} />);
};

export const showMacro = (parts: DeskParts) => async (c: Context) => {
  const session = parts.signIn.session(c);
  const versions = await parts.macros.versions(checkShape(c.req.param('macro'), wire.id));
  const newest = versions.at(-1);
  if (!newest) throw new Refusal('not_found');
  if (wantsJson(c)) return c.json({ versions });
  const props = { versions, newest, csrf: session.csrf, offences: offencesNow(parts) };
  return consolePage(
    c,
    parts.config,
    { title: displayText(newest.words.title), session },
    <MacroPage {...props} />,
  );
};

/** What the body says, then the way back to all of them; a refusal leads back to the page it came from. */
const change =
  (parts: DeskParts, act: (c: Context, who: string) => Promise<string>) => async (c: Context) => {
    try {
      const macro = await act(c, parts.signIn.session(c).staff.name);
      return wantsJson(c) ? c.json({ macro }) : c.redirect('/reasons', 303);
    } catch (error) {
      if (wantsJson(c) || !(error instanceof Refusal)) throw error;
      return refusalPage(c, parts.config, error, '/reasons');
    }
  };

async function wordsOf(c: Context): Promise<MacroWords> {
  if (isJson(c)) return storable(await readJson(c, macroWords));
  const { csrf: _csrf, ...words } = await asForm(c.req.parseBody());
  return storable(checkShape(words, macroWords));
}
const macroIn = (c: Context): string => checkShape(c.req.param('macro'), wire.id);

export const addMacro = (parts: DeskParts) =>
  change(parts, async (c, who) => parts.macros.add(who, await wordsOf(c)));

export const editMacro = (parts: DeskParts) =>
  change(parts, async (c, who) => {
    const words = await wordsOf(c);
    await parts.macros.edit(macroIn(c), who, words);
    return macroIn(c);
  });

export const retireMacro = (parts: DeskParts) =>
  change(parts, async (c, who) => {
    await parts.macros.retire(macroIn(c), who);
    return macroIn(c);
  });
