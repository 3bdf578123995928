/** What an enrolment session is for. */
import { z } from 'zod';

/** `join`: a new record. `return`: lost device, the words are known. `reset`: the words are lost too. */
export const enrolmentPurpose = z.enum(['join', 'return', 'reset']);
