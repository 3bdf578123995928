/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** During a visit, above every screen: that it is one, where it goes on, and how it ends. */
import { useEffect, useState } from 'preact/hooks';
import { said } from '../text/text.ts';
import { onNextTab } from '../visit.ts';
import { Button, Notice } from './parts.tsx';

export function VisitBand({ end }: { end: () => void }) {
  const [next, setNext] = useState<string>();
  const text = said.visit;
  useEffect(() => onNextTab(setNext), []);
  return (
    <Notice test="visit">
      <p>{text.band}</p>
      {next && (
        <p role="status">
          {text.next}{' '}
          <a href={next} target="_blank" rel="noopener noreferrer" data-test="next-tab">
            {text.nextGo}
          </a>
        </p>
      )}
      <Button kind="plain" onPress={end} test="end-visit">
        {text.end}
      </Button>
    </Notice>
  );
}
