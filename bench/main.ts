/** Our own rows of the bench: the whole composite of an admission, one by one. */

import { prove } from '@answerable/core/presentation/prove';
import { drawRegistrar, drawWholeKey, enrol, questionOf } from '@answerable/core/presentation/scenario';
import { verifyPresentation } from '@answerable/core/presentation/verify';
import { measure, row } from './measure.mjs';

console.log('Answerable: presentation (credential + pseudonym + escrow + label, eight attributes)');
const registrar = drawRegistrar();
const opening = drawWholeKey();
const { credential } = enrol(registrar);
const question = questionOf(registrar.publicKey, opening.publicKey);
const presentation = prove(credential, question);
console.log(`  bytes on the wire: ${presentation.length}`);
console.log(row('answerable: prove', await measure(() => prove(credential, question), 200)));
console.log(row('answerable: verify', await measure(() => verifyPresentation(presentation, question), 200)));
await import('./gateway/main.ts');
await import('./wallet-size.ts');
await import('./recall.ts');
