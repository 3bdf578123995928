/** Passes connections on: to a server that comes and goes behind one port, or to several in turn. For tests only. */
import { connect, createServer, type Socket } from 'node:net';

export interface Relay {
  port: number;
  close(): Promise<void>;
}

/** `next` says which port a new connection goes to; undefined while there is nobody. Port 0 for any free one. */
export async function relay(port: number, next: () => number | undefined): Promise<Relay> {
  const sockets = new Set<Socket>();
  const server = createServer((here) => {
    const target = next();
    if (target === undefined) return here.destroy();
    const there = connect(target, '127.0.0.1');
    for (const socket of [here, there]) {
      sockets.add(socket.on('error', () => {}));
      socket.on('close', () => sockets.delete(socket));
    }
    here.pipe(there).pipe(here);
    here.on('close', () => there.destroy());
    there.on('close', () => here.destroy());
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    port: (server.address() as { port: number }).port,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
