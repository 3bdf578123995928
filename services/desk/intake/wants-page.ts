/** Whether a person with a browser is to read the answer. Everything else has always got JSON. */
import type { Context } from 'hono';

export const wantsPage = (c: Context): boolean =>
  (c.req.header('accept') ?? '').toLowerCase().includes('text/html');
