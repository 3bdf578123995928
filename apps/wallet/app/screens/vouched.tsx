/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** Somebody vouches: a short code to be seen on this screen, and the wait until they have signed. */
import { useEffect, useState } from 'preact/hooks';
import { Refused } from '../boundary/rpc.ts';
import { Screen } from '../parts/frame.tsx';
import { Button, ButtonLink, Notice } from '../parts/parts.tsx';
import { RefusalNotice } from '../parts/refusal.tsx';
import { go, linkTo } from '../route.ts';
import { useTask } from '../task.ts';
import { said } from '../text/text.ts';
import { useWallet } from '../wallet.ts';

const lookMs = 3_000;
const purposes = { join: 'join', return: 'return', reset: 'reset' } as const;

export function Vouched({ facts }: { facts: Record<string, string> }) {
  const { call } = useWallet();
  const [shown, setShown] = useState<{ session: string; code: string }>();
  const [over, setOver] = useState(false);
  const task = useTask();
  const text = said.vouched;
  const purpose = purposes[facts.purpose as keyof typeof purposes] ?? 'join';
  const begin = () =>
    task.run(async () => {
      setOver(false);
      setShown(await call('beVouched', { purpose }, task.onStep));
    });
  useEffect(() => {
    if (!shown) return;
    const { session } = shown;
    let left = false;
    const look = async () => {
      while (!left) {
        await new Promise((resolve) => setTimeout(resolve, lookMs));
        const state = left ? 'left' : await stateOf(() => call('vouchedYet', { session }, () => {}));
        if (state === 'over') setOver(true);
        if (state === 'over' || state === 'left') return;
        if (state === 'vouched') return go('enrolled', { session }, true);
      }
    };
    void look();
    return () => {
      left = true;
    };
  }, [shown]);

  return (
    <Screen title={text.title}>
      <p class="lead">{text.lead}</p>
      <ol class="numbered">
        {text.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {shown && !over && (
        <div class="card" data-test="code">
          <h2>{text.code}</h2>
          <p class="code">
            <span aria-hidden="true">{shown.code}</span>
            <span class="unseen">{text.letters(shown.code)}</span>
          </p>
          <p role="status">{text.waiting}</p>
        </div>
      )}
      {over && <Notice role="status">{text.over}</Notice>}
      <p>{text.never}</p>
      {task.refused && <RefusalNotice refused={task.refused} />}
      <div class="row">
        {(!shown || over) && (
          <Button onPress={begin} busy={task.busy} test="show-code">
            {over ? text.again : text.begin}
          </Button>
        )}
        <ButtonLink kind="link" href={linkTo('home')}>
          {text.stop}
        </ButtonLink>
      </div>
    </Screen>
  );
}

/** A look that fails for a while is no end: the next one may not. */
async function stateOf(look: () => Promise<{ vouched: boolean }>): Promise<'pending' | 'vouched' | 'over'> {
  try {
    return (await look()).vouched ? 'vouched' : 'pending';
  } catch (error) {
    const ended = error instanceof Refused && ['nonce_expired', 'session_unknown'].includes(error.code);
    return ended ? 'over' : 'pending';
  }
}
