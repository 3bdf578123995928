/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** GET /: the start of the console. */
import { Facts } from '@answerable/kit/page.tsx';
import { isReady } from '@answerable/kit/policy-source';
import type { GatewayParts } from '../parts.ts';
import { consolePage, door } from './console-page.tsx';

export const showStart = (parts: GatewayParts) =>
  door(parts.console, 'viewer', (c, session) =>
    consolePage(
      c,
      parts.console,
      { title: `Hello, ${session.staff.name}`, session },
      <Facts
        facts={[
          ['Trust policy', isReady(parts.policies) ? 'here' : 'not here yet: nobody can sign up'],
          ['Platforms', parts.config.platforms.map(({ policy }) => policy.title).join(', ') || 'none yet'],
        ]}
      />,
    ),
  );
