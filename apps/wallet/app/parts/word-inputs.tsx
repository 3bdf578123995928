/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/**
 * Four inputs, one a word. A space or a pasted row of words moves on to the next; a word that is not on the
 * list is said so beside it, with words that look like it. The worker looks words up; nothing is sent.
 */
import { useRef, useState } from 'preact/hooks';
import { said } from '../text/text.ts';
import { useWallet } from '../wallet.ts';
import { Field } from './parts.tsx';

export const wordsCount = 4;
export const emptyWords: string[] = Array.from({ length: wordsCount }, () => '');

export function WordInputs(props: {
  words: string[];
  onWords: (words: string[]) => void;
  wrong?: Record<number, string>;
}) {
  const { call } = useWallet();
  const [near, setNear] = useState<Record<number, string[]>>({});
  const box = useRef<HTMLDivElement>(null);
  const put = (at: number, value: string) => {
    const parts = value.toLowerCase().split(/[\s,.;]+/);
    const moved = parts.length > 1 ? Math.min(at + parts.filter(Boolean).length, wordsCount - 1) : at;
    const filled = parts.filter((part, i) => part !== '' || i === 0).slice(0, wordsCount - at);
    props.onWords(props.words.map((word, i) => (i < at ? word : (filled[i - at] ?? word))));
    setNear(({ [at]: _, ...rest }) => rest);
    if (moved !== at) box.current?.querySelectorAll('input')[moved]?.focus();
  };
  const check = async (at: number, value: string) => {
    const [word] = value
      .trim()
      .toLowerCase()
      .split(/[\s,.;]+/);
    if (!word) return;
    const found = await call('checkWord', { word });
    if (!found.known) setNear((before) => ({ ...before, [at]: found.near }));
  };
  return (
    <div class="typed" ref={box}>
      {props.words.map((word, i) => (
        <Field
          key={said.words.nth(i)}
          label={said.words.nth(i)}
          value={word}
          onValue={(value) => put(i, value)}
          onLeave={(value) => void check(i, value)}
          wrong={props.wrong?.[i] ?? (near[i] ? said.words.unknown(word) : undefined)}
          test={`word-${i + 1}`}
          after={
            near[i] && near[i].length > 0 ? (
              <p class="near">
                {said.words.near}
                {near[i].map((suggestion) => (
                  <button type="button" key={suggestion} onClick={() => put(i, suggestion)}>
                    {suggestion}
                  </button>
                ))}
              </p>
            ) : null
          }
        />
      ))}
    </div>
  );
}
