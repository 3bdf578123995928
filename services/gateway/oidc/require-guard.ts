/**
 * The library fetches platforms' keys through a dispatcher that reaches no address inside our own network. It takes
 * what that is made of from the `fetch` of Node; where a version of Node hides it, the library says so on the
 * console and reaches any address. Here it is asked, before anybody comes, whether it has one.
 */
import { ConfigRefused } from '@answerable/kit/config';
import type { Adapter } from 'oidc-provider';
import type { KeySet } from './key-plan.ts';
import { Provider } from './library.ts';

const nowhere = 'https://nowhere.invalid';

/** Throws ConfigRefused if it has none. Nothing is sent to anybody. */
export async function requireGuard({ keys, cookieKey }: KeySet): Promise<void> {
  let guard: unknown;
  const provider = new Provider(nowhere, {
    adapter: (): Partial<Adapter> => ({}),
    jwks: { keys },
    cookies: { keys: [cookieKey] },
    features: { devInteractions: { enabled: false } },
    clientAuthMethods: ['private_key_jwt'],
    clients: [
      {
        client_id: 'nobody',
        token_endpoint_auth_method: 'private_key_jwt',
        jwks_uri: `${nowhere}/keys`,
        redirect_uris: [`${nowhere}/callback`],
      },
    ],
    fetch: async (_url: string, { dispatcher }: { dispatcher?: unknown }) => {
      guard = dispatcher;
      return new Response('{"keys":[]}');
    },
  });
  await (await provider.Client.find('nobody'))?.asymmetricKeyStore.refresh();
  if (!guard)
    throw new ConfigRefused(
      'The OpenID library cannot guard what it fetches under this version of Node. Use one that the README names.',
    );
}
