/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** What settings, policies and acts call by an id, in the words that people read; the id beside it where they type it. */
import { isReady } from '@answerable/kit/policy-source';
import { fieldInWords } from '@answerable/protocol/platform/words';
import type { PlatformPolicy } from '@answerable/protocol/platform-policy';
import type { FC } from 'hono/jsx';
import type { GatewayParts } from '../parts.ts';

/** A label, and the id that stands for it in files and answers. */
export const Labelled: FC<{ id: string; label: string | undefined }> = ({ id, label }) =>
  label === undefined || label === id ? (
    <code>{id}</code>
  ) : (
    <>
      {label} <code>{id}</code>
    </>
  );

/** Several of them, one below the other; `none` where there are none. */
export const LabelledList: FC<{ ids: readonly string[]; labels: Labels; none: string }> = ({
  ids,
  labels,
  none,
}) =>
  ids.length === 0 ? (
    <span>{none}</span>
  ) : (
    <ul>
      {ids.map((id) => (
        <li>
          <Labelled id={id} label={labels(id)} />
        </li>
      ))}
    </ul>
  );

export type Labels = (id: string) => string | undefined;

/** The trust policy names them; before there is one, nobody does. */
export function groundLabels({ policies }: Pick<GatewayParts, 'policies'>): Labels {
  const grounds = isReady(policies) ? policies.current().grounds : [];
  return (wanted) => grounds.find(({ id }) => id === wanted)?.title;
}

export const fieldLabels: Labels = (id) => fieldInWords(id as PlatformPolicy['disclose'][number]);

export const platformLabels =
  ({ config }: Pick<GatewayParts, 'config'>): Labels =>
  (wanted) =>
    config.platforms.find(({ name }) => name === wanted)?.policy.title;

/** The same on one line, where no mark-up goes. */
export const labelled = (id: string, label: string | undefined): string =>
  label === undefined || label === id ? id : `${label} (${id})`;
