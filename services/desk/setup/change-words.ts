/** One line of the record of changes, in words. Reads what the ledger keeps, which is JSON of ours. */
import { z } from 'zod';

const list = z.array(z.string()).nullable();
const place = z.object({ roles: z.array(z.string()), queues: list });
const change = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('set-up-begun'), name: z.string() }),
  z.object({
    kind: z.literal('setting'),
    setting: z.string(),
    changed: z.array(
      z.object({ field: z.string(), from: z.unknown().optional(), to: z.unknown().optional() }),
    ),
  }),
  z.object({ kind: z.literal('invited'), name: z.string(), roles: z.array(z.string()), queues: list }),
  z.object({ kind: z.literal('joined'), name: z.string() }),
  z.object({ kind: z.literal('placed'), name: z.string(), from: place, to: place }),
  z.object({ kind: z.literal('removed'), name: z.string() }),
  z.object({ kind: z.literal('link-made'), name: z.string() }),
  z.object({ kind: z.literal('passkey-made') }),
  z.object({ kind: z.literal('passkey-removed') }),
]);

const settingNames: Record<string, string> = {
  forum: 'The forum',
  platform: 'The platform',
  profile: 'What kind of service',
  setUp: 'The set-up',
};

export function changeWords(body: unknown): string {
  const read = change.safeParse(body);
  if (!read.success) return 'Something was changed.';
  const one = read.data;
  switch (one.kind) {
    case 'set-up-begun':
      return 'Began the set-up.';
    case 'setting':
      return `${settingNames[one.setting] ?? one.setting}: ${one.changed.map(fieldWords).join('; ') || 'nothing new'}.`;
    case 'invited':
      return `Invited ${one.name}: ${placeWords(one)}.`;
    case 'joined':
      return 'Came in.';
    case 'placed':
      return `${one.name}: ${placeWords(one.from)} → ${placeWords(one.to)}.`;
    case 'removed':
      return `Removed ${one.name}.`;
    case 'link-made':
      return `Made a new link for ${one.name}.`;
    case 'passkey-made':
      return 'Made a passkey.';
    case 'passkey-removed':
      return 'Removed a passkey.';
  }
}

const placeWords = ({ roles, queues }: z.infer<typeof place>): string =>
  `${roles.join(', ')}, ${queues === null ? 'all queues' : queues.join(', ')}`;

const fieldNames: Record<string, string> = {
  title: 'name',
  connectorToken: 'the token of its connector',
  token: 'the token',
  webhookSecret: 'the secret of its webhook',
  adminPassword: 'the password',
  childrenLikely: 'people under 18 likely',
};

function fieldWords({ field, from, to }: { field: string; from?: unknown; to?: unknown }): string {
  const name = fieldNames[field] ?? field;
  if (from === undefined && to === undefined) return `${name} (not shown)`;
  return from === null ? `${name} ${valueWords(to)}` : `${name} ${valueWords(from)} → ${valueWords(to)}`;
}

const valueWords = (value: unknown): string => {
  if (Array.isArray(value)) return value.join(', ') || 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return value === null || value === undefined ? 'nothing' : String(value);
};
