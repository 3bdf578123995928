/**
 * `answerable gateway exit` and `remove`: a platform leaves. First the file and the day, then the end. Nothing is
 * deleted here: what is kept, and until when, GET /exit/PLATFORM says.
 */
import { dirname, join } from 'node:path';
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';
import { askGateway } from './gateway-ask.ts';
import { createFile, type GatewaySettings, readSettings, replaceSettings } from './gateway-settings.ts';
import { WrongCall } from './wrong-call.ts';

const noticeDays = 30;
const msPerDay = 86_400_000;

const fileReply = z.looseObject({ day: wire.day, accounts: z.array(z.unknown()) });
const today = () => new Date().toISOString().slice(0, 10);

/** The file for the platform, and with `on` the day that its page shows. */
export async function prepareExit(
  path: string,
  name: string | undefined,
  on: string | undefined,
): Promise<number> {
  const settings = readSettings(path);
  const platform = platformNamed(settings, name);
  if (on !== undefined) {
    if (!wire.day.safeParse(on).success || on <= today())
      throw new WrongCall('--on takes a day that is to come, such as 2027-01-31.');
    setLeaves(path, settings, platform.name, on);
    const days = Math.round((Date.parse(on) - Date.parse(today())) / msPerDay);
    process.stdout.write(
      `${platform.name} leaves on ${on}. Start the gateway anew: ${settings.origin}/exit/${platform.name} then says so.\n` +
        'To move the day say it again; to stay, delete "leaves" of it in the settings before that day.\n' +
        (days < noticeDays ? `That is in ${days} days: give members a month if you can.\n` : ''),
    );
    return 0;
  }
  const at = `/admin/platforms/${platform.name}/exit-file`;
  const file = await askGateway(settings, at, fileReply, { body: {} });
  const out = join(dirname(path), `exit-${platform.name}-${file.day}.json`);
  try {
    createFile(out, file);
  } catch {
    throw new WrongCall(`${out} is there already, or cannot be written; nothing was changed.`);
  }
  process.stdout.write(
    `Written: ${out}, with ${file.accounts.length} accounts, for your eyes only.\n\n` +
      'It says for each account the name and address it has at the platform, and whether it is shut.\n' +
      'Give it to who runs the platform, and delete it when it was used. docs/leaving.md says how.\n' +
      `Members read at ${settings.origin}/exit/${platform.name} what happens to them.\n`,
  );
  return 0;
}

/** Ends it: from today nobody signs in there, and every account is closed. */
export function removePlatform(path: string, name: string | undefined, now: boolean | undefined): number {
  const settings = readSettings(path);
  const { name: found, leaves } = platformNamed(settings, name);
  if (leaves !== undefined && leaves <= today()) throw new WrongCall(`it has left, on ${leaves}.`);
  if (!now)
    throw new WrongCall(
      `members need a way in first: answerable gateway exit ${found} --on DAY. To end it today all the same, say --now.`,
    );
  setLeaves(path, settings, found, today());
  process.stdout.write(
    `From the next start of the gateway nobody signs in to ${found} through it, and every account there is closed.\n` +
      'It stays in the settings: holders still read their reasons, appeal, and export.\n',
  );
  return 0;
}

function platformNamed({ platforms }: GatewaySettings, name: string | undefined) {
  const found = platforms.find((one) => one.name === name);
  if (!found) throw new WrongCall('say which platform; status lists them.');
  return found;
}

function setLeaves(path: string, settings: GatewaySettings, name: string, leaves: string): void {
  const platforms = settings.platforms.map((one) => (one.name === name ? { ...one, leaves } : one));
  replaceSettings(path, { ...settings, platforms });
}
