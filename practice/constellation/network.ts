/** Everything that is running, by name: what the story, the tour and the tests need to find their way. */

export const roleNames = [
  'identity-provider',
  'logbook',
  'registrar',
  'keeper-1',
  'keeper-2',
  'keeper-3',
  'guardian-1',
  'guardian-2',
  'guardian-3',
  'gateway-commons',
  'gateway-lantern',
  'desk',
  'commons',
  'lantern',
  'commons-of-the-ban',
  'lantern-of-the-ban',
  'authority',
  'wallet',
] as const;
export type RoleName = (typeof roleNames)[number];

export interface Role {
  name: RoleName;
  /** Processes are cut by trust domain: roles of one domain may share a process. */
  domain: string;
  origin: string;
  dataDir: string;
  /** Its own database and nobody else's; null for roles that keep none. */
  databaseUrl: string | null;
}

export interface Network {
  dataDir: string;
  roles: Record<RoleName, Role>;
  tourOrigin: string;
  tourPort: number;
  policyPath: string;
  /** Folder of the published log, as `answerable audit` reads it. */
  logDir: string;
  tokens: Tokens;
  close(): Promise<void>;
}

/** Drawn once per data folder. Practice only: here one hand holds them all, in life each has its own. */
export interface Tokens {
  operator: string;
  domain: string;
  connector: string;
  platformAdmin: string;
}
