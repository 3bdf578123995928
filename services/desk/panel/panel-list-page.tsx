/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** The list of what other forums ask, and the forums themselves. */
import { Button, Facts, Field, Form, Notice, Table, Tag } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import { minutes } from '../deciding/event-words.ts';
import type { Peer } from './panel-store.ts';
import type { PanelCard } from './peers.ts';

interface Listed {
  request: string;
  forum: string;
  about: string;
  due: string;
  answered_at: string | null;
  withdrawn_at: string | null;
}

export const aboutWords: Record<string, string> = {
  confirmation: 'A second word on a decision',
  hold: 'A second word on a hold',
  appeal: 'An appeal',
};

export const PanelListPage: FC<{
  card: PanelCard;
  requests: Listed[];
  peers: Peer[];
  admin: boolean;
  now: string;
  csrf: string;
}> = ({ card, requests, peers, admin, now, csrf }) => (
  <>
    <p>
      Nobody decides about their own decision. Where a forum has nobody else, somebody of another forum does:
      here is what they ask of you.
    </p>
    {requests.length === 0 ? (
      <Notice tone="good" title="No other forum asks anything." />
    ) : (
      <Table
        caption="Asked by other forums"
        head={['What', 'Forum', 'Due', 'Stands']}
        rows={requests.map((one) => [
          <a href={`/panel/requests/${one.request}`} data-stop>
            {aboutWords[one.about] ?? one.about}
          </a>,
          one.forum,
          one.answered_at || one.withdrawn_at ? (
            minutes(one.due)
          ) : (
            <span class={one.due < now ? 'late' : ''}>{minutes(one.due)}</span>
          ),
          one.answered_at ? (
            'answered'
          ) : one.withdrawn_at ? (
            'not needed any more'
          ) : (
            <Tag tone="mark">waits</Tag>
          ),
        ])}
      />
    )}
    <h2>The forums we agreed with</h2>
    {peers.length === 0 ? (
      <p>None yet. Agree with another forum, and give each other the card below.</p>
    ) : (
      <ul>
        {peers.map((peer) => (
          <li>
            <strong>{peer.title}</strong> ({peer.name}), {peer.origin}, added {peer.day}
            {admin ? (
              <Form action={`/panel/forums/${peer.name}/removal`} csrf={csrf} label={`Remove ${peer.title}`}>
                <Button kind="plain">Remove</Button>
              </Form>
            ) : null}
          </li>
        ))}
      </ul>
    )}
    <h2>Our card</h2>
    <p>These four lines are for the other forum’s admin.</p>
    <pre class="words">{[card.name, card.title, card.origin, card.key].join('\n')}</pre>
    {admin ? (
      <Form action="/panel/forums" csrf={csrf} label="Add a forum">
        <Field
          name="card"
          label="The other forum’s card"
          hint="Four lines: name, title, address, key. Ask them for it by a way that you trust."
          rows={4}
          required
        />
        <Button>Add this forum</Button>
      </Form>
    ) : (
      <Facts facts={[['Forums', 'are added by an admin']]} />
    )}
  </>
);
