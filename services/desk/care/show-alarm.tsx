/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** GET /alarm and /alarms/:caseId: what to do now. For everybody on duty, whatever queues they work in. */
import { checkShape } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import * as wire from '@answerable/protocol/wire';
import type { Context } from 'hono';
import { consolePage } from '../console/console-page.tsx';
import { refusalPage } from '../console/refusal-page.tsx';
import { wantsJson } from '../deciding/staff-verb.ts';
import { countriesOf } from '../deciding/write-decision.ts';
import type { DeskParts } from '../parts.ts';
import { requireTheirs } from '../people/queue-access.ts';
import { AlarmPage, AnywherePage } from './alarm-page.tsx';
import { alarmView, numbersFor } from './alarm-view.ts';

const title = 'Somebody may die';

export const showAlarm = (parts: DeskParts) => async (c: Context) => {
  const session = parts.signIn.session(c);
  c.header('cache-control', 'no-store');
  try {
    const caseId = checkShape(c.req.param('caseId'), wire.id);
    const state = await parts.store.state(caseId);
    // An alarm is everybody's; a case in which there never was one is not.
    if (state && !state.alarms?.length) requireTheirs(session.staff, state);
    const view = await alarmView(parts, caseId);
    if (wantsJson(c)) return c.json(view);
    const observer = session.staff.roles.every((role) => role === 'observer');
    return consolePage(
      c,
      parts.config,
      { title, session },
      <AlarmPage view={view} csrf={session.csrf} observer={observer} />,
    );
  } catch (error) {
    if (wantsJson(c) || !(error instanceof Refusal)) throw error;
    return refusalPage(c, parts.config, error, '/alarm');
  }
};

export const showAlarmFront = (parts: DeskParts) => async (c: Context) => {
  const { signIn, care, config } = parts;
  const session = signIn.session(c);
  const numbers = numbersFor(countriesOf(config)[0] ?? '');
  const [alarms, list] = await Promise.all([care.alarms(), care.onCall()]);
  const onCall = list.map(({ name, part, phone, hours }) => ({ name, part, phone, hours }));
  c.header('cache-control', 'no-store');
  if (wantsJson(c)) return c.json({ numbers, alarms, onCall });
  const content = <AnywherePage numbers={numbers} onCall={onCall} alarms={alarms} csrf={session.csrf} />;
  return consolePage(c, config, { title, session }, content);
};
