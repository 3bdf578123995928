/**
 * One service in a process of its own, to be killed: `node --import tsx service-process.ts <service> <config.json>
 * <milliseconds>`. Its clock runs that many milliseconds ahead, as the practice clock of the test does.
 */
import { readFileSync } from 'node:fs';
import { practiceClock } from '@answerable/kit/clock';
import { silentJournal } from '@answerable/kit/journal';

const starts = {
  desk: async () => (await import('@answerable/desk/start')).start,
  gateway: async () => (await import('@answerable/gateway/start')).start,
  guardian: async () => (await import('@answerable/guardian/start')).start,
};

const [service, configPath, aheadMs] = process.argv.slice(2) as [keyof typeof starts, string, string];
const start = await starts[service]();
const clock = practiceClock(new Date(Date.now() + Number(aheadMs)), 'practice');
await start(JSON.parse(readFileSync(configPath, 'utf8')), { clock, journal: silentJournal });
process.stdout.write('ready\n');
