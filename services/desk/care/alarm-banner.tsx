/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** Somebody may die: seen on every page of the console, by everybody on duty, until the alarm is over. */
import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import { minutes } from '../deciding/event-words.ts';
import type { OpenAlarm } from './care-store.ts';

/** Under which a page's request carries them. */
export const alarmsKey = 'openAlarms';

export const alarmsOf = (c: Context): readonly OpenAlarm[] => c.get(alarmsKey) ?? [];

export const AlarmBanner: FC<{ alarms: readonly OpenAlarm[] }> = ({ alarms }) =>
  alarms.length === 0 ? null : (
    <div class="alarm" role="alert">
      {alarms.map(({ caseId, by, at }) => (
        <p>
          <strong>Somebody may die.</strong> <a href={`/alarms/${caseId}`}>What to do now</a> (raised by {by},{' '}
          {minutes(at)})
        </p>
      ))}
    </div>
  );
