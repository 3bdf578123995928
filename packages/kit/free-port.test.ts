import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { freePort, isFree } from './free-port.ts';

describe('free ports', () => {
  it('are below those of outgoing connections, and no two alike', async () => {
    const ports = await Promise.all(Array.from({ length: 200 }, freePort));
    expect(new Set(ports).size).toBe(200);
    expect(ports.filter((port) => port < 11_000 || port >= 32_000)).toEqual([]);
  });

  it('one that is listened on is not free', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    expect(await isFree(port)).toBe(false);
    await new Promise((done) => server.close(done));
    expect(await isFree(port)).toBe(true);
  });
});
