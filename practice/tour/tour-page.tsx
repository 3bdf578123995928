/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * The page of one chapter in two halves: left what people do, right what every party holds. Complete without
 * scripts (buttons post, the page comes back); `browser/tour.ts` keeps it moving.
 */
import { ButtonLink, Notice, page } from '@answerable/kit/page.tsx';
import type { Network } from '@answerable/practice-constellation/network';
import type { Person } from '@answerable/practice-identity-provider/people';
import type { Step } from '@answerable/practice-story/step';
import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import { CardBody, LogBody } from './card-view.tsx';
import { type ChapterText, chapterTexts, intro, lengthOf } from './chapter-texts.ts';
import { DoItYourself } from './do-it-yourself.tsx';
import type { Flip } from './flip-byte.ts';
import type { Snapshot } from './holdings.ts';
import { LogTools } from './log-tools.tsx';
import { inOrder } from './parties.ts';
import type { Progress } from './progress.ts';
import { StepCard } from './step-view.tsx';
import { tourStyle } from './style.ts';
import type { Settings } from './switches.ts';

export interface TourPageData {
  chapter: ChapterText;
  progress: Progress;
  snapshot: Snapshot;
  network: Network;
  people: readonly Person[];
  settings: Settings | undefined;
  flip: Flip | undefined;
}

export function tourPage(c: Context, data: TourPageData) {
  const first = data.chapter.id === 'join';
  const options = {
    service: 'Answerable',
    title: data.chapter.title,
    heading: first ? 'Unknown, and answerable' : data.chapter.title,
    practice: true,
    style: tourStyle,
    script: "document.documentElement.classList.add('scripted')",
  };
  return page(
    c,
    options,
    <>
      <People {...data} first={first} />
      <HoldingsHalf snapshot={data.snapshot} first={data.chapter.watch} />
      <nav class="jump" aria-label="The two halves">
        <a href="#content">What people do</a>
        <a href="#holdings" id="jump-text">
          What they hold
        </a>
      </nav>
      <p id="say" role="status" class="unseen" />
      <script type="module" src="/assets/tour.js" />
    </>,
  );
}

const People: FC<TourPageData & { first: boolean }> = (data) => {
  const { chapter, progress, first, network } = data;
  const steps = progress.steps.filter((step) => step.chapter === chapter.id);
  return (
    <div class="people">
      {first ? (
        <div class="intro">
          {intro.map((sentence) => (
            <p>{sentence}</p>
          ))}
        </div>
      ) : null}
      <Chapters current={chapter} progress={progress} />
      {first ? <h2>{chapter.title}</h2> : null}
      <p class="lead">
        {chapter.lead} Let it happen here, or <a href="#yourself">do it yourself</a>.
      </p>
      <h2 class={first ? 'unseen' : 'smaller'}>Watch it happen</h2>
      {steps.length === 0 ? <p class="soft">This chapter has no steps yet.</p> : null}
      {steps.map((step) => (
        <StepCard step={step} state={progress.stateOf(step.id)} needed={neededTitles(progress, step)} />
      ))}
      {chapter.id === 'open' ? <LogTools flip={data.flip} /> : null}
      <DoItYourself {...data} />
      <Onward chapter={chapter} progress={progress} />
      <footer>
        <p>
          Unaudited, pre-standard cryptography: for trying, not yet for people who could be harmed. To start
          over, stop the tour, delete the folder <code>{network.dataDir}</code> and start again.
        </p>
      </footer>
    </div>
  );
};

const Chapters: FC<{ current: ChapterText; progress: Progress }> = ({ current, progress }) => (
  <nav class="chapters" aria-label="Chapters, three minutes in all">
    <ol>
      {chapterTexts.map((chapter) => (
        <li>
          <a href={chapter.path} aria-current={chapter.id === current.id ? 'page' : undefined}>
            <span>{chapter.title}</span>{' '}
            <small>{isDone(chapter, progress) ? '✓ done' : lengthOf(chapter)}</small>
          </a>
        </li>
      ))}
    </ol>
  </nav>
);

const Onward: FC<{ chapter: ChapterText; progress: Progress }> = ({ chapter, progress }) => {
  const next = chapterTexts[chapterTexts.indexOf(chapter) + 1];
  if (next)
    return (
      <p class="onward">
        <ButtonLink href={next.path}>{`Next: ${next.title}`}</ButtonLink>
      </p>
    );
  const missed = chapterTexts.filter((one) => one !== chapter && !isDone(one, progress));
  return (
    <Notice title="That is the whole tour">
      <p>
        Believe none of it: <code>npx answerable story</code> walks all of it again without a browser, and{' '}
        <code>npx answerable audit</code> checks the log.
      </p>
      {missed.length > 0 ? (
        <p>
          Still to see:{' '}
          {missed.map(({ path, title }, at) => (
            <>
              {at > 0 ? ', ' : ''}
              <a href={path}>{title}</a>
            </>
          ))}
          .
        </p>
      ) : null}
    </Notice>
  );
};

const HoldingsHalf: FC<{ snapshot: Snapshot; first: readonly string[] }> = ({ snapshot, first }) => {
  const holdings = snapshot.parties.map((holding) => ({ id: holding.party.id, holding }));
  const ours = holdings.filter(({ holding }) => holding.party.world === 'answerable');
  const ban = holdings.filter(({ holding }) => holding.party.world === 'ban');
  return (
    <aside id="holdings" class="holdings" aria-labelledby="holdings-title" tabindex={-1}>
      <div class="holdings-scroll">
        <h2 id="holdings-title">What each party holds, now</h2>
        <p class="soft">
          Read from each party’s own database, row by row, as it is; below, what{' '}
          <a href="#the-ban">the forums of the ban</a> hold. <span id="changed" />
        </p>
        {inOrder([...ours, { id: 'log', holding: undefined }], first).map(({ holding }) =>
          holding ? <PartyCard holding={holding} /> : <LogCard snapshot={snapshot} />,
        )}
        <h2 id="the-ban">The other world: the ban</h2>
        {ban.map(({ holding }) => (
          <PartyCard holding={holding} />
        ))}
      </div>
    </aside>
  );
};

const LogCard: FC<{ snapshot: Snapshot }> = ({ snapshot }) => (
  <section class="card party" id="card-log" aria-labelledby="party-log">
    <h3 id="party-log">Log</h3>
    <p class="is">One list in public that only grows. Everybody can check it.</p>
    <p class="never">
      <b>It holds nobody’s data:</b> all of it is public.
    </p>
    <div id="holds-log" class="holds">
      <LogBody log={snapshot.log} />
    </div>
  </section>
);

const PartyCard: FC<{ holding: Snapshot['parties'][number] }> = ({ holding }) => {
  const { party } = holding;
  return (
    <section
      class={`card party ${party.world}`}
      id={`card-${party.id}`}
      aria-labelledby={`party-${party.id}`}
    >
      <h3 id={`party-${party.id}`}>{party.title}</h3>
      <p class="is">{party.is}</p>
      <p class="never">
        <b>{party.world === 'ban' ? 'Learns:' : 'Must not be able to learn:'}</b> {party.never}
      </p>
      <div id={`holds-${party.id}`} class="holds">
        <CardBody holding={holding} />
      </div>
    </section>
  );
};

function isDone({ id }: ChapterText, { steps, stateOf }: Progress): boolean {
  const own = steps.filter(({ chapter }) => chapter === id);
  return own.length > 0 && own.every((step) => stateOf(step.id).outcome?.ok === true);
}

function neededTitles({ steps, stateOf }: Progress, { needs }: Step): string[] {
  const missing = needs.filter((need) => stateOf(need).status !== 'done');
  return missing.flatMap((need) => steps.find(({ id }) => id === need)?.title ?? []);
}
