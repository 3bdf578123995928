/**
 * Mail to relay addresses: accepted, said so, dropped.
 * Every address of our domain that has the shape of one is answered alike, and no table is looked at: whoever
 * sends learns of no address whether it exists. Nothing of a mail is kept, journalled or counted but that it came.
 * Must never: deliver, forward, bounce, or read more than the size that is announced.
 */
import type { Metrics } from '@answerable/kit/metrics';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import type { GatewayConfig } from '../config.ts';
import { isRelayPart } from '../relay.ts';

const mailBytesMax = 1_000_000;
const clientsMax = 50;
const recipientsMax = 10;
const mailsPerConnectionMax = 20;
/** From one network address, which is forgotten with the minute. */
const connectionsPerMinuteMax = 30;
const minuteMs = 60_000;
const idleMs = 30_000;
const closeMs = 1_000;

export interface MailDoor {
  port: number;
  close(): Promise<void>;
}

/** Refusal codes of SMTP: the library answers with the number that the error carries. */
const no = (responseCode: number, words: string): Error => Object.assign(new Error(words), { responseCode });

export async function openMailDoor(
  { mail, relayDomain }: Pick<GatewayConfig, 'relayDomain'> & Required<Pick<GatewayConfig, 'mail'>>,
  metrics: Metrics,
): Promise<MailDoor> {
  const counted = metrics.counter('mail_total', 'Mail to relay addresses, by outcome', ['outcome']);
  const limits = perMinute();
  const mails = new Map<string, number>();
  const server = new SMTPServer({
    name: relayDomain!,
    banner: 'mail to these addresses is thrown away',
    size: mailBytesMax,
    maxClients: clientsMax,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    socketTimeout: idleMs,
    closeTimeout: closeMs,
    onConnect: ({ remoteAddress }, done) =>
      done(limits(remoteAddress) ? null : no(421, 'Too many connections, try again later')),
    onMailFrom(_address, { id }, done) {
      const sent = (mails.get(id) ?? 0) + 1;
      mails.set(id, sent);
      done(sent > mailsPerConnectionMax ? no(421, 'Enough for one connection') : null);
    },
    onRcptTo({ address }, session, done) {
      if (countOf(session) >= recipientsMax) return done(no(452, 'Too many recipients'));
      const [part, domain, ...more] = address.split('@');
      const ours = more.length === 0 && domain?.toLowerCase() === relayDomain && isRelayPart(part ?? '');
      if (!ours) counted.inc({ outcome: 'refused' });
      done(ours ? null : no(550, 'No such address here'));
    },
    onData(stream, _session, done) {
      stream.on('end', () => {
        counted.inc({ outcome: stream.sizeExceeded ? 'refused' : 'dropped' });
        if (stream.sizeExceeded) return done(no(552, 'Too large'));
        done(null, 'Accepted and thrown away: nobody reads mail to this address');
      });
      stream.resume();
    },
    onClose: ({ id }) => void mails.delete(id),
  });
  // Sockets that break are the sender's affair.
  server.on('error', () => {});
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(mail!.port, mail!.host ?? '127.0.0.1', () => {
      server.server.off('error', reject);
      resolve();
    });
  });
  const bound = server.server.address();
  return {
    port: typeof bound === 'object' && bound ? bound.port : mail!.port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

const countOf = ({ envelope }: SMTPServerSession): number => envelope.rcptTo.length;

/** Says for each network address whether it may come once more in this minute. */
function perMinute(): (address: string) => boolean {
  let minute = 0;
  const came = new Map<string, number>();
  return (address) => {
    const now = Math.floor(Date.now() / minuteMs);
    if (now !== minute) came.clear();
    minute = now;
    const times = (came.get(address) ?? 0) + 1;
    came.set(address, times);
    return times <= connectionsPerMinuteMax;
  };
}
