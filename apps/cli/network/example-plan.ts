/** The plan that `init` writes for people to change: three forums, one of them the registrar, one the logbook. */
import type { NetworkPlan } from './plan.ts';

type Written = Pick<NetworkPlan, 'name' | 'title' | 'conductor' | 'referees'> & {
  organisations: { name: string; title: string; roles: Record<string, string>; forums: object[] }[];
  evidence: [];
  grounds: NetworkPlan['grounds'];
};

const organisation = (name: string, title: string, ...more: string[]): Written['organisations'][number] => ({
  name,
  title,
  roles: Object.fromEntries(
    [...more, 'keeper', 'guardian', 'gateway', 'desk'].map((role) => [
      role,
      `https://${role}.${name}.example`,
    ]),
  ),
  forums: [
    {
      name,
      title: `${title} forum`,
      software: 'nodebb',
      url: `https://forum.${name}.example`,
      accountsMax: 3,
    },
  ],
});

export const examplePlan: Written = {
  name: 'three-towns',
  title: 'Three Towns',
  conductor: 'harbour',
  organisations: [
    organisation('harbour', 'Harbour', 'registrar'),
    organisation('mill', 'Mill', 'logbook'),
    organisation('orchard', 'Orchard', 'wallet'),
  ],
  evidence: [],
  referees: true,
  grounds: [{ id: 'threat-to-life', title: 'A credible and imminent threat to somebody’s life' }],
};
