/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** Putting kept reasons into the decision that is being written. The page comes back with them, to be finished. */
import type { FC } from 'hono/jsx';
import { displayText } from '../console/display-text.tsx';
import type { Kept } from '../console/kept.ts';
import type { CaseView } from '../deciding/case-view.ts';

export const MacroFields: FC<{ view: CaseView; kept: Kept }> = ({ view, kept }) => {
  const { macros } = view.beside;
  const used = kept.one('macro');
  return (
    <>
      {used ? <input type="hidden" name="macro" value={used} /> : null}
      {macros.length === 0 ? null : (
        <div class="field">
          <label for="insert">Reasons kept ready</label>
          <div class="row">
            <select id="insert" name="insert">
              <option value="">Choose</option>
              {macros.map(({ name, title }) => (
                <option value={name}>{displayText(title)}</option>
              ))}
            </select>
            <button
              type="submit"
              class="button plain"
              id="put-in"
              formaction={`/cases/${view.caseId}/draft`}
              formnovalidate
            >
              Put in
            </button>
          </div>
          {used ? <p class="hint">Put in. Finish it: nothing is submitted by itself.</p> : null}
        </div>
      )}
    </>
  );
};
