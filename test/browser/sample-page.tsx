/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** One page with every part of kit's pages on it, for the smoke test. */
import { silentJournal } from '@answerable/kit/journal';
import { createMetrics } from '@answerable/kit/metrics';
import {
  Button,
  ButtonLink,
  Choices,
  Facts,
  Field,
  Form,
  Notice,
  page,
  Table,
  Tag,
} from '@answerable/kit/page.tsx';
import { createServiceApp, type ServiceApp } from '@answerable/kit/service';

/** An app with the sample at `/`; pages of `frameAncestors` may frame it. */
export function sampleApp(frameAncestors: string[] = []): ServiceApp {
  const app = createServiceApp({
    name: 'sample',
    journal: silentJournal,
    metrics: createMetrics('sample'),
    frameAncestors,
    frames: ['http://localhost:*'],
  });
  const service = 'Sample desk';
  app.get('/', (c) => {
    const script = "document.documentElement.dataset.ours = 'ran'";
    return page(
      c,
      { title: 'Cases', service, practice: true, nav: [{ href: '/', text: 'Cases' }], script },
      <Sample />,
    );
  });
  app.get('/frame', (c) => {
    const url = c.req.query('url');
    return page(
      c,
      { title: 'Frame', service },
      <iframe src={url} title="Framed page" width="300" height="200" />,
    );
  });
  app.post('/decide', async (c) => {
    const { choice } = await c.req.parseBody();
    return page(
      c,
      { title: 'Done', service },
      <Notice tone="good" title="Recorded" live>
        {String(choice)}
      </Notice>,
    );
  });
  return app;
}

const Sample = () => (
  <>
    <Notice title="One case waits">
      <p>
        It has <Tag tone="bad">three accounts</Tag> and <Tag tone="good">one person</Tag>.{' '}
        <Tag tone="mark">New</Tag> <Tag>Old</Tag>
      </p>
    </Notice>
    <Notice tone="bad">
      <p class="soft">A quiet word.</p>
    </Notice>
    <Table
      caption="Entries"
      head={['Index', 'Kind', 'A very long column of words']}
      rows={[['1', <code>decision</code>, 'x'.repeat(60)]]}
    />
    <Facts
      facts={[
        ['Case', '7'],
        ['State', 'open'],
      ]}
    />
    <ul class="cards">
      <li class="card">
        <h2>Card</h2>
        <p>
          With <a href="/">all cases</a>.
        </p>
      </li>
    </ul>
    <Form action="/decide" csrf="x" label="Decision">
      <Choices
        name="choice"
        legend="Decide"
        options={[
          { value: 'bar', text: 'Bar' },
          { value: 'warn', text: 'Warn' },
        ]}
      />
      <Field name="reasons" label="Reasons" hint="The person reads these." rows={3} />
      <Field name="until" label="Until" type="date" />
      <div class="row">
        <Button>Decide</Button>
        <Button kind="stop" name="act" value="stop">
          Stop
        </Button>
        <ButtonLink href="/" kind="plain">
          Back
        </ButtonLink>
      </div>
    </Form>
  </>
);
