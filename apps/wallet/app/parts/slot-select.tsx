/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** Which of a person's k accounts at a place. */
import { said } from '../text/text.ts';
import { Select } from './parts.tsx';

export function SlotSelect(props: { value: string; onValue: (value: string) => void; max: number }) {
  return (
    <Select
      label={said.ask.slot}
      value={props.value}
      onValue={props.onValue}
      test="slot"
      options={Array.from({ length: props.max }, (_, i) => ({
        value: String(i + 1),
        text: said.ask.nth(i + 1),
      }))}
    />
  );
}
