import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { startDomain } from './processes.ts';

const entry = fileURLToPath(new URL('./testing/domain-process.mjs', import.meta.url));

/** Children of this process that run our entry for `domain`. */
const childrenOf = (domain: string): number[] =>
  execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)])
    .toString()
    .split('\n')
    .filter((line) => line.endsWith(`domain-process.mjs ${domain}`))
    .map((line) => Number(line.trim().split(' ')[0]));

it('a domain is one process for its roles, passes on what they say, and is gone when it is closed', async () => {
  const roles = [
    { name: 'gateway', config: {} },
    { name: 'desk', config: { says: 'set me up' } },
  ];
  const domain = await startDomain(entry, { domain: 'platform', roles });
  expect(domain.said).toEqual(['set me up']);
  expect(childrenOf('platform')).toHaveLength(1);
  let noticed = false;
  domain.onEnd(() => {
    noticed = true;
  });
  await domain.close();
  expect(childrenOf('platform')).toEqual([]);
  expect(noticed).toBe(false);
});

it('one that ends without having been asked to is noticed', async () => {
  const domain = await startDomain(entry, { domain: 'keeper', roles: [{ name: 'keeper', config: {} }] });
  const ended = new Promise<void>((noticed) => domain.onEnd(noticed));
  process.kill(childrenOf('keeper')[0]!, 'SIGKILL');
  await ended;
  expect(childrenOf('keeper')).toEqual([]);
});

it('one whose role does not start says why, and ends', async () => {
  const roles = [{ name: 'guardian', config: { fails: true } }];
  await expect(startDomain(entry, { domain: 'guardian', roles })).rejects.toThrow('guardian does not start');
  while (childrenOf('guardian').length > 0) await new Promise((done) => setTimeout(done, 20));
});
