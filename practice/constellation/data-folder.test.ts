import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PortTaken } from '@answerable/kit/serve';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadPorts } from './data-folder.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'answerable-folder-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('a first start that met a taken port leaves the folder free for other ports', async () => {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const taken = (server.address() as { port: number }).port;
  await expect(loadPorts(folder, taken)).rejects.toBeInstanceOf(PortTaken);
  await new Promise((done) => server.close(done));
  const ports = await loadPorts(folder, 'free');
  expect(ports.tour).not.toBe(taken);
  await expect(loadPorts(folder, taken)).rejects.toThrow(`Use --port ${ports.tour}, or another folder`);
});
