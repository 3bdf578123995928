/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * Two tools for the published log: alter a letter in it, and audit it in the visitor's own browser.
 */
import type { FC } from 'hono/jsx';
import type { Flip } from './flip-byte.ts';

export const LogTools: FC<{ flip: Flip | undefined }> = ({ flip }) => (
  <article class="step" aria-labelledby="log-tools">
    <h3 id="log-tools">Check the log yourself</h3>
    <p class="says">
      Your own browser reads every file of the log and checks every hash and signature. Alter one letter, and
      it says where.
    </p>
    <div class="row">
      <button type="button" class="button" id="audit">
        Audit the log in this browser
      </button>
      <form method="post" action="/log/flip" data-live="flip" aria-label="Alter the log">
        <input type="hidden" name="to" value={flip ? 'sound' : 'altered'} />
        <button type="submit" class="button plain" id="flip">
          {flip ? 'Put the byte back' : 'Flip a byte of the log'}
        </button>
      </form>
    </div>
    <div id="flip-state">
      <FlipState flip={flip} />
    </div>
    <div id="audit-result" role="status" tabindex={-1} />
    <noscript>
      <p class="hint">
        The audit in your browser needs scripts. The command <code>npx answerable audit</code> does the same.
      </p>
    </noscript>
  </article>
);

export const FlipState: FC<{ flip: Flip | undefined }> = ({ flip }) => (
  <p class="hint" data-flipped={flip ? 'yes' : 'no'}>
    {flip
      ? `Byte ${flip.at} of entry ${flip.entry} (${flip.kind}) is altered in the published files.`
      : 'The published files are as the log wrote them.'}
  </p>
);
