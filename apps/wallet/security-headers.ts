/**
 * What a browser is told about every file of the wallet: whose code may run, whom it may call, who may frame it.
 * The host says it over the network, and the guard says the same when it answers in the host's place.
 * Must never: let a page run other people's code or speak to anyone whom the trust policy does not list.
 */
import type { TrustPolicy } from '@answerable/protocol/trust-policy';

const features = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
];
const hstsSeconds = 2 * 365 * 86_400;

/** The name under which the wallet makes the addresses of its own scripts (Trusted Types). */
export const trustedTypesName = 'wallet';

/** Origins that the wallet calls: registrar, keepers, gateways, log. */
export function calleesOf(policy: Pick<TrustPolicy, 'registrar' | 'log' | 'tags' | 'gateways'>): string[] {
  const called = [policy.registrar, policy.log, ...policy.tags.keepers, ...policy.gateways];
  return [...new Set(called.map(({ origin }) => origin))];
}

export interface Audience {
  callees: readonly string[];
  /** Origins that may show the wallet in a frame: the practice tour. Nobody in production. */
  frameAncestors: readonly string[];
  /** The wallet is reached over TLS. */
  secure: boolean;
}

export function securityHeaders({ callees, frameAncestors, secure }: Audience): Record<string, string> {
  const rules = [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "manifest-src 'self'",
    `connect-src ${["'self'", ...callees].join(' ')}`,
    "form-action 'none'",
    "base-uri 'none'",
    `frame-ancestors ${frameAncestors.length > 0 ? frameAncestors.join(' ') : "'none'"}`,
    `trusted-types ${trustedTypesName}`,
    "require-trusted-types-for 'script'",
  ];
  return {
    'content-security-policy': rules.join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    // No embedder policy: it would make the page cross-origin isolated, and with that its clocks finer. Nothing
    // of anybody else's is embedded; the content security policy sees to that.
    'origin-agent-cluster': '?1',
    'permissions-policy': features.map((feature) => `${feature}=()`).join(', '),
    ...(secure ? { 'strict-transport-security': `max-age=${hstsSeconds}` } : {}),
  };
}
