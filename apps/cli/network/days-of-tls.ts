/** How many days the TLS certificate at an address is good for. Looks at it, sends nothing. */
import { connect } from 'node:tls';

const timeoutMs = 8_000;
const dayMs = 86_400_000;
const httpsPort = 443;

/** Undefined if there is none to be seen; whether it can be trusted, whoever calls the address finds out. */
export function daysOfTls(origin: string): Promise<number | undefined> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) || httpsPort, servername: hostname }, () => {
      const until = Date.parse(socket.getPeerCertificate().valid_to);
      socket.end();
      resolve(Number.isNaN(until) ? undefined : Math.floor((until - Date.now()) / dayMs));
    });
    socket.setTimeout(timeoutMs, () => socket.destroy());
    socket.once('error', () => resolve(undefined));
    socket.once('close', () => resolve(undefined));
  });
}
