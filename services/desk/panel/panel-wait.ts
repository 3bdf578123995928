/** Which cases have something for the panel, so that the clock need not look at all of them. */
import type { Kysely } from 'kysely';
import { panelFrom } from '../casework/apply-panel.ts';
import type { CaseState } from '../casework/state.ts';
import type { DeskTables } from '../schema.ts';

export async function writePanelWait(
  trx: Kysely<DeskTables>,
  before: CaseState | undefined,
  state: CaseState,
): Promise<void> {
  const [was, is] = [before ? panelFrom(before) : null, panelFrom(state)];
  if (was === is) return;
  if (is === null) await trx.deleteFrom('panel_wait').where('case_id', '=', state.caseId).execute();
  else
    await trx
      .insertInto('panel_wait')
      .values({ case_id: state.caseId, ask_at: is })
      .onConflict((conflict) => conflict.column('case_id').doUpdateSet({ ask_at: is }))
      .execute();
}
