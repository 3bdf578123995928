/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/**
 * The card on paper: four words and how to come back, in neutral words. It is only for print, and carries no name
 * of this project, of a person or of a place, so that who finds it cannot tell what it opens.
 */
import { useEffect } from 'preact/hooks';
import { said } from '../text/text.ts';

export function PaperCard({ words }: { words: readonly string[] }) {
  const text = said.wayBack;
  useEffect(withoutTitle, []);
  return (
    <section class="paper-card" aria-hidden="true" data-test="paper-card">
      <div class="paper-outside">
        <p>{text.cardKeep}</p>
      </div>
      <p class="paper-fold">
        <span>{text.cardFold}</span>
      </p>
      <div class="paper-inside">
        <h2>{text.cardTitle}</h2>
        <p>{text.cardOrder}</p>
        <ol>
          {words.map((word, i) => (
            <li key={said.words.nth(i)}>{word}</li>
          ))}
        </ol>
        {text.cardBack.map((line) => (
          <p key={line}>{line}</p>
        ))}
        <p class="paper-line">{text.cardAddress}</p>
      </div>
    </section>
  );
}

// Browsers print the title of a page at its edge.
function withoutTitle(): () => void {
  let title = document.title;
  const before = () => {
    title = document.title;
    document.title = said.wayBack.cardTitle;
  };
  const after = () => {
    document.title = title;
  };
  addEventListener('beforeprint', before);
  addEventListener('afterprint', after);
  return () => {
    removeEventListener('beforeprint', before);
    removeEventListener('afterprint', after);
  };
}
