/** The addresses of the desk (ARCHITECTURE, "Who talks to whom"). Each room mounts its own; here they get their order. */
import { requireBearer } from '@answerable/kit/bearer';
import type { Metrics } from '@answerable/kit/metrics';
import { readJson } from '@answerable/kit/read-json';
import { createServiceApp, type ServiceApp } from '@answerable/kit/service';
import type { Staff } from '@answerable/kit/sign-in';
import { z } from 'zod';
import { mountBulk } from './bulk/mount.ts';
import { mountCare } from './care/mount.ts';
import { staffRoles } from './casework/event.ts';
import { queues } from './casework/queue.ts';
import { serviceTitle } from './console/console-page.tsx';
import { mountDeciding } from './deciding/mount.ts';
import { mountDisclosure } from './disclosure/mount.ts';
import { mountDuty } from './duty/mount.ts';
import { mountHeads } from './heads/mount.ts';
import { mountHolder } from './holder/mount.ts';
import { largerBodies, mountIntake } from './intake/mount.ts';
import { reportBytesMax } from './intake/take-report.ts';
import { mountMacros } from './macros/mount.ts';
import { mountMeasures } from './measures/mount.ts';
import { mountOutside } from './outside/mount.ts';
import { mountPanel } from './panel/mount.ts';
import type { DeskParts } from './parts.ts';
import { mountPeople } from './people/mount.ts';
import { workingName } from './people/working-name.ts';
import { mountPlatforms } from './platforms/mount.ts';
import { mountRules } from './rules/mount.ts';
import { mountSettings } from './setup/mount.ts';
import { mountShift } from './shift/mount.ts';
import { mountVigil } from './vigil/mount.ts';

const linkRequest = z.strictObject({
  name: workingName,
  roles: z.array(z.enum(staffRoles)).min(1),
  queues: z.array(z.enum(queues)).min(1).optional(),
});

export function deskApp(parts: DeskParts, metrics: Metrics): ServiceApp {
  const { config, journal, signIn } = parts;
  const app = createServiceApp({
    name: config.name,
    journal,
    metrics,
    bodyBytesMax: reportBytesMax,
    largerBodies,
    shown: { service: serviceTitle(config), practice: config.mode === 'practice' },
    ...(config.frameAncestors ? { frameAncestors: config.frameAncestors } : {}),
  });
  mountPeople(app, parts);
  mountCare(app, parts);
  mountSettings(app, parts);
  mountVigil(app, parts);
  mountIntake(app, parts);
  mountHolder(app, parts);
  mountDisclosure(app, parts);
  mountDuty(app, parts);
  mountPlatforms(app, parts);
  if (config.signInToken)
    app.post('/operator/sign-in-links', requireBearer(config.signInToken), async (c) =>
      c.json({ path: signIn.issueLink(staffOf(await readJson(c, linkRequest))) }),
    );
  signIn.mount(app);
  mountDeciding(app, parts);
  mountPanel(app, parts);
  mountOutside(app, parts);
  mountShift(app, parts);
  mountMeasures(app, parts);
  mountHeads(app, parts);
  mountRules(app, parts);
  mountMacros(app, parts);
  mountBulk(app, parts);
  return app;
}

const staffOf = ({ queues, ...staff }: z.infer<typeof linkRequest>): Staff => ({
  ...staff,
  ...(queues ? { queues } : {}),
});
