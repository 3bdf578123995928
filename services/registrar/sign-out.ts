/**
 * POST /evidence/:route/back-channel-logout: somebody signed out at their evidence provider. What they began
 * here is over, and what was said of them is forgotten (OpenID Connect Back-Channel Logout §2.5–2.8).
 * A record that was made stays: it is not a session.
 */
import { readForm } from '@answerable/kit/read-json';
import type { Context } from 'hono';
import { z } from 'zod';
import type { EvidenceAdapters } from './evidence/adapters.ts';
import type { EvidenceShelf } from './evidence-shelf.ts';
import type { RegistrarStore } from './store.ts';

const logoutForm = z.object({ logout_token: z.string().min(1).max(8000) });

interface Needs {
  evidence: EvidenceAdapters;
  shelf: EvidenceShelf;
  store: RegistrarStore;
}

export function signOut({ evidence, shelf, store }: Needs) {
  return async (c: Context) => {
    const { logout_token: token } = await readForm(c, logoutForm);
    const signedOut = await evidence(c.req.param('route') ?? '').signedOut(token);
    for (const session of shelf.forget(signedOut)) await store.endOpenSession(session);
    c.header('cache-control', 'no-store');
    return c.body(null, 200);
  };
}
