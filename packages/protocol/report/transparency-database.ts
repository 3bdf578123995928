/**
 * What of a statement of reasons is handed in to the EU DSA Transparency Database (Art. 24(5)): its own fields
 * and no others. Must never: hand in anything about a person; who reported is left out even where a statement
 * names a source, and the fields that are ours alone do not leave.
 */
import { z } from 'zod';
import { databaseCountries } from './database-words.ts';
import { conditionsBroken, databaseFields, type StatementOfReasons } from './statement-of-reasons.ts';

/** The interface takes so many statements in one call. */
export const statementsPerCall = 100;

const databaseStatement = z
  .strictObject({
    ...databaseFields,
    territorial_scope: z.array(z.enum(databaseCountries)).min(1),
  })
  .omit({ source_identity: true })
  .check((ctx) => {
    for (const { field, why } of conditionsBroken(ctx.value))
      ctx.issues.push({ code: 'custom', message: why, input: undefined, path: [field] });
  });
export type DatabaseStatement = z.infer<typeof databaseStatement>;

/**
 * As the database takes it; undefined for a decision that reaches no country of the European Economic Area,
 * which the database has no place for. Throws ZodError if the statement does not fit.
 */
export function toTransparencyDatabase(statement: StatementOfReasons): DatabaseStatement | undefined {
  const scope = statement.territorial_scope.filter((country) => databaseCountries.includes(country)).sort();
  if (scope.length === 0) return undefined;
  const { terms_clause, how_to_complain, right_to_claim, source_identity, ...fields } = statement;
  return databaseStatement.parse({
    ...fields,
    territorial_scope: scope,
    category: isRetired(fields.category) ? 'STATEMENT_CATEGORY_OTHER_VIOLATION_TC' : fields.category,
  });
}

const isRetired = (category: string): boolean => category === 'STATEMENT_CATEGORY_SCOPE_OF_PLATFORM_SERVICE';
