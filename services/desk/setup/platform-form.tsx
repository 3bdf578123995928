/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * Which platform the forum runs on, and what its connector needs. Secrets are asked for and never shown again:
 * an empty field keeps what is there.
 */
import { type PlatformKind, type PlatformSettings, platformSettings } from '@answerable/connector/settings';
import { Field } from '@answerable/kit/page.tsx';
import { checkShape } from '@answerable/kit/read-json';
import { newToken } from '@answerable/kit/sign-in';
import type { FC } from 'hono/jsx';
import { type Forum, platformNameOf } from './forum-form.tsx';

const fieldCharsMax = 500;

interface PlatformField {
  name: string;
  label: string;
  hint?: string;
  secret?: true;
  optional?: true;
  number?: true;
}
interface PlatformForm {
  title: string;
  says: string;
  fields: readonly PlatformField[];
}

const address: PlatformField = {
  name: 'origin',
  label: 'Address',
  hint: 'For example https://forum.example.org',
};
const accessToken = (hint: string): PlatformField => ({
  name: 'token',
  label: 'Access token',
  hint,
  secret: true,
});
const webhookSecret: PlatformField = {
  name: 'webhookSecret',
  label: 'Secret of the webhook',
  hint: 'If the platform sends reports by itself.',
  secret: true,
  optional: true,
};

/** By hand comes first: it always works, and another can be chosen later. */
export const platformForms: Record<PlatformKind, PlatformForm> = {
  'by-hand': {
    title: 'By hand',
    says: 'Works with any forum. The desk says what to do, a person does it there and ticks it off.',
    fields: [],
  },
  mastodon: {
    title: 'Mastodon',
    says: 'Reports come in, and decisions are carried out there.',
    fields: [address, accessToken('Of an account that may manage reports and users.'), webhookSecret],
  },
  nodebb: {
    title: 'NodeBB',
    says: 'Flags come in, and decisions are carried out there.',
    fields: [
      address,
      accessToken('From the admin panel, API Access.'),
      { name: 'uid', label: 'Number of the account it acts as', optional: true, number: true },
      {
        name: 'strategy',
        label: 'Name of the sign-in there',
        hint: 'With a gateway: the name of its endpoint in Multiple OAuth2. By it decisions reach a person.',
        optional: true,
      },
      webhookSecret,
    ],
  },
  discourse: {
    title: 'Discourse',
    says: 'Decisions are carried out there.',
    fields: [
      address,
      accessToken('An API key, from the admin panel.'),
      { name: 'username', label: 'Account that the key acts as' },
      webhookSecret,
    ],
  },
  bluesky: {
    title: 'Bluesky (a server of your own)',
    says: 'For those who run a personal data server.',
    fields: [address, { name: 'adminPassword', label: 'Admin password of the server', secret: true }],
  },
  webhook: {
    title: 'Another platform, by webhook',
    says: 'Decisions are posted to an address of yours, signed.',
    fields: [
      address,
      { name: 'path', label: 'Path', hint: 'For example /moderation' },
      { name: 'secret', label: 'Secret for signatures', hint: 'At least 32 characters.', secret: true },
    ],
  },
  answerable: {
    title: 'A forum with the Answerable connector',
    says: 'It speaks the desk’s own protocol.',
    fields: [
      address,
      {
        name: 'connectorToken',
        label: 'Token, both ways',
        hint: 'At least 32 characters. Empty: the desk draws one.',
        secret: true,
        optional: true,
      },
    ],
  },
};
export const platformKinds = Object.keys(platformForms) as PlatformKind[];

export const kindOf = ({ kind }: PlatformSettings): PlatformKind => kind ?? 'answerable';

/** What was sent, with what stays as it was. Throws Refusal `malformed` naming the field. */
export function platformOfForm(
  kind: PlatformKind,
  form: FormData,
  known: { forum: Forum | undefined; platform: PlatformSettings | undefined },
): PlatformSettings {
  const before = known.platform && kindOf(known.platform) === kind ? known.platform : undefined;
  const given = platformForms[kind].fields.flatMap((field) => {
    const text = String(form.get(field.name) ?? '').trim();
    const kept = (before as Record<string, unknown> | undefined)?.[field.name];
    if (text === '') return field.secret && kept !== undefined ? [[field.name, kept]] : [];
    return [[field.name, field.number ? Number(text) : field.name === 'origin' ? originOf(text) : text]];
  });
  const own = kind === 'by-hand' && known.forum?.address ? { origin: known.forum.address } : {};
  const settings = {
    kind,
    // The name stays, whatever the forum calls itself later: reports and cases go by it.
    name: known.platform?.name ?? platformNameOf(known.forum?.title ?? ''),
    connectorToken: known.platform?.connectorToken ?? newToken(),
    ...own,
    ...Object.fromEntries(given),
  };
  return checkShape(settings, platformSettings);
}

function originOf(text: string): string {
  return URL.canParse(text) ? new URL(text).origin : text;
}

export const KindFields: FC<{ chosen: PlatformKind }> = ({ chosen }) => (
  <fieldset class="field">
    <legend>Which platform is it?</legend>
    {platformKinds.map((kind) => (
      <div class="choice">
        <input type="radio" id={`kind-${kind}`} name="kind" value={kind} checked={kind === chosen} required />
        <label for={`kind-${kind}`}>
          <strong>{platformForms[kind].title}.</strong> {platformForms[kind].says}
        </label>
      </div>
    ))}
  </fieldset>
);

/** `values` are what is there or was typed; secrets are never among them. */
export const PlatformFields: FC<{ kind: PlatformKind; values: Record<string, string>; kept: boolean }> = ({
  kind,
  values,
  kept,
}) => (
  <>
    <input type="hidden" name="kind" value={kind} />
    {platformForms[kind].fields.map(({ name, label, hint, secret, optional, number }) => (
      <Field
        name={name}
        label={optional ? `${label} (if there is one)` : label}
        {...(hint || (secret && kept) ? { hint: hintWords(hint, secret === true && kept) } : {})}
        {...(secret ? { type: 'password' } : { value: values[name] ?? '' })}
        {...(number ? { type: 'number' } : {})}
        maxlength={fieldCharsMax}
        autocomplete="off"
        required={!optional && !(secret && kept)}
      />
    ))}
  </>
);

const hintWords = (hint: string | undefined, kept: boolean): string =>
  [hint, kept ? 'Left empty, it stays as it is.' : undefined].filter(Boolean).join(' ');

/** What may be shown of the settings. */
export function shownValues(settings: PlatformSettings | undefined): Record<string, string> {
  if (!settings) return {};
  const open = platformForms[kindOf(settings)].fields.filter((field) => !field.secret);
  const values = settings as Record<string, unknown>;
  return Object.fromEntries(open.map(({ name }) => [name, String(values[name] ?? '')]));
}
