/** The public forms as a browser fills them in: for tests only. */
import type { DeskWorld } from './desk-world.ts';

export type Fields = Record<string, string | readonly string[] | readonly Buffer[]>;

export const reportForm = (more: Fields = {}): Fields => ({
  token: 'AAAAAAAAAAAAAAAAAAAAAA',
  at: 'post/f1',
  reasons: ['abuse'],
  capacity: 'affected-person',
  what: 'It does not stop.',
  goodFaith: 'yes',
  tell: 'yes',
  ...more,
});

/** Posts a form with its files; redirects are not followed. */
export function postForm(
  world: Pick<DeskWorld, 'origin'>,
  path: string,
  fields: Fields,
  headers: Record<string, string> = {},
): Promise<Response> {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields))
    for (const one of typeof value === 'string' ? [value] : value)
      if (typeof one === 'string') body.append(name, one);
      else body.append(name, new Blob([new Uint8Array(one)], { type: 'text/html' }), '../evil.html');
  return fetch(world.origin + path, {
    method: 'POST',
    body,
    redirect: 'manual',
    headers: { accept: 'text/html', ...headers },
  });
}

export const receiptOf = (response: Response): string =>
  /^\/receipts\/([\w-]{22})\?new=1$/.exec(response.headers.get('location') ?? '')?.[1] ?? '';
