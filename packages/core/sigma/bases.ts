// Our own generators of G1, hashed from dated labels: nobody knows a discrete logarithm between any two.

import { type G1, G1_BASE, hashToG1 } from '../curve.ts';
import { label } from '../label.ts';

const NOTHING = new Uint8Array(0);

/** G: the standard base. Keys, KEM points and escrow randomness live under it. */
export const G: G1 = G1_BASE;
/** G_rec: a person's record key is R = x·G_rec. */
export const G_REC: G1 = hashToG1(NOTHING, label('generatorRecord'));
/** H: blinds what must not be guessable. */
export const H: G1 = hashToG1(NOTHING, label('generatorHiding'));
