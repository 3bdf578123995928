/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** When the wallet locks. */
import { useId } from 'preact/hooks';
import { lockMinutesChoices } from '../boundary/lock-minutes.ts';
import type { LockChoice } from '../boundary/vault-actions.ts';
import { said } from '../text/text.ts';
import { Button, Select } from './parts.tsx';

export function LockChoices(props: {
  choice: LockChoice;
  choose: (choice: LockChoice) => Promise<void>;
  lockNow: () => void;
}) {
  const { choice, choose, lockNow } = props;
  const id = useId();
  const text = said.security;
  return (
    <>
      <p>{text.lockLead}</p>
      <Select
        label={text.after}
        value={String(choice.afterMinutes)}
        onValue={(minutes) => void choose({ ...choice, afterMinutes: Number(minutes) })}
        options={lockMinutesChoices.map((minutes) => ({
          value: String(minutes),
          text: text.minutes(minutes),
        }))}
        test="lock-after"
      />
      <div class="choice">
        <input
          type="checkbox"
          id={id}
          checked={choice.whenHidden}
          onChange={(event) => void choose({ ...choice, whenHidden: event.currentTarget.checked })}
          data-test="lock-when-hidden"
        />
        <label for={id}>{text.whenHidden}</label>
      </div>
      <Button kind="plain" onPress={lockNow} test="lock-now">
        {text.lockNow}
      </Button>
    </>
  );
}
