/** What the state of a case came to hold later than the first desks: cases opened before get the empty form of it. */
import type { Migration } from '@answerable/kit/database';

export const caseworkMigrations: readonly Migration[] = [
  {
    name: 'appeals-001-state',
    up: `
      update case_file set state = '{"partIn": [], "staff": {}}'::jsonb || state || jsonb_build_object(
        'appeals',
        coalesce(
          (select jsonb_agg('{"evidence": [], "restoredAt": null}'::jsonb || appeal)
            from jsonb_array_elements(state -> 'appeals') as appeal),
          '[]'::jsonb
        )
      );
    `,
  },
];
