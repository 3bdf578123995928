/**
 * Fetches a public document whose address a stranger named: by https only, never from an address inside a network
 * (the check is where the name is resolved, and the connection goes to what was checked), without redirects, with
 * limits on time and size. In practice mode loopback is allowed, and nothing else is different.
 */
import { lookup as resolveName } from 'node:dns';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { BlockList, isIP } from 'node:net';
import { Refusal } from '@answerable/protocol/refusal';

const timeoutMs = 4_000;
const bytesMax = 256 * 1024;
const urlCharsMax = 2_000;

const inside = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  inside.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2001::', 32],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
  ['2002::', 16],
] as const)
  inside.addSubnet(net, bits, 'ipv6');

/** Whether an address belongs to the world outside. IPv4 written as IPv6 counts as what it is. */
export function isOutside(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  const plain = mapped ?? address;
  const family = isIP(plain);
  return family !== 0 && !inside.check(plain, family === 4 ? 'ipv4' : 'ipv6');
}

/** The address as a URL that may be asked at all. Throws Refusal `signature_refused`. */
export function publicUrl(text: string, practice: boolean): URL {
  const url = URL.canParse(text) && text.length <= urlCharsMax ? new URL(text) : undefined;
  const local = practice && url?.hostname === '127.0.0.1';
  const named =
    url && (local || (url.protocol === 'https:' && url.port === '' && isIP(bare(url.hostname)) === 0));
  if (!url || !named || url.username || url.password) throw new Refusal('signature_refused');
  return url;
}

const bare = (host: string): string => host.replace(/^\[|\]$/g, '');

/** The body at `url`, as text. Throws Refusal `unavailable`. */
export function guardedGet(text: string, accept: string, practice: boolean): Promise<string> {
  const url = publicUrl(text, practice);
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const fail = () => reject(new Refusal('unavailable'));
    const options = {
      headers: { accept, 'user-agent': 'answerable' },
      signal: AbortSignal.timeout(timeoutMs),
      lookup: practice ? resolveName : outsideOnly,
    };
    const asked = request(url, options as object, (answer) => {
      const parts: Buffer[] = [];
      let bytes = 0;
      if (answer.statusCode !== 200) {
        answer.destroy();
        return fail();
      }
      answer.on('data', (part: Buffer) => {
        bytes += part.length;
        if (bytes > bytesMax) answer.destroy(new Error('too large'));
        else parts.push(part);
      });
      answer.on('end', () => resolve(Buffer.concat(parts).toString('utf8')));
      answer.on('error', fail);
      answer.on('aborted', fail);
    });
    asked.on('error', fail);
    asked.end();
  });
}

type Resolved = string | { address: string; family: number }[];
type Done = (error: Error | null, address: Resolved, family?: number) => void;

/** As the system resolves names, without what leads inside. */
function outsideOnly(host: string, options: object, done: Done): void {
  resolveName(host, { ...options, all: true }, (error, found) => {
    if (error) return done(error, []);
    const outside = found.filter((one) => isOutside(one.address));
    if (outside.length === 0 || outside.length < found.length) return done(new Error('inside'), []);
    if ('all' in options && options.all) return done(null, outside);
    done(null, outside[0]!.address, outside[0]!.family);
  });
}
