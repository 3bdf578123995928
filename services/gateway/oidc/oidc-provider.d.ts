/** The part of oidc-provider 9 that this service uses; the package brings no types of its own. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  export interface AdapterPayload {
    [field: string]: unknown;
    accountId?: string;
    grantId?: string;
    uid?: string;
    jti?: string;
  }
  export interface Adapter {
    upsert(id: string, payload: AdapterPayload, expiresInSeconds: number): Promise<void>;
    find(id: string): Promise<AdapterPayload | undefined>;
    findByUid(uid: string): Promise<AdapterPayload | undefined>;
    findByUserCode(userCode: string): Promise<AdapterPayload | undefined>;
    consume(id: string): Promise<void>;
    destroy(id: string): Promise<void>;
    revokeByGrantId(grantId: string): Promise<void>;
  }
  export interface Client {
    clientId: string;
    backchannelLogoutUri?: string;
    asymmetricKeyStore: { refresh(): Promise<void> };
    postLogoutRedirectUriAllowed(address: string): boolean;
    backchannelLogout(accountId: string, sid?: string): Promise<void>;
  }
  export interface Grant {
    addOIDCScope(scope: string): void;
    save(): Promise<string>;
  }
  export interface Interaction {
    uid: string;
    exp: number;
    returnTo: string;
    prompt: { name: string };
    params: Record<string, string | undefined>;
    result?: { login?: { accountId: string; remember: boolean }; error?: string };
    persist(): Promise<string>;
  }
  export interface KoaContext {
    path: string;
    type: string;
    body: unknown;
    req: IncomingMessage;
    res: ServerResponse;
    status: number;
    accepts(...types: string[]): string | false;
    set(name: string, value: string): void;
    append(name: string, value: string): void;
    oidc: {
      client?: Client;
      /** name of the address */
      route?: string;
      session: {
        accountId: string;
        state?: { secret: string };
        sidFor(clientId: string, sid: string): void;
      };
      urlFor(name: string): string;
      provider: Provider;
    };
  }
  export interface Account {
    accountId: string;
    claims(): Promise<Record<string, unknown>>;
  }
  export class Provider {
    constructor(issuer: string, configuration: Record<string, unknown>);
    proxy: boolean;
    Client: { find(id: string): Promise<Client | undefined>; prototype: Client };
    Grant: new (values: {
      accountId: string;
      clientId: string;
    }) => Grant;
    Interaction: { find(id: string): Promise<Interaction | undefined> };
    interactionDetails(req: IncomingMessage, res: ServerResponse): Promise<Interaction>;
    callback(): (req: IncomingMessage, res: ServerResponse) => Promise<void>;
    use(middleware: (ctx: KoaContext, next: () => Promise<void>) => Promise<void>): this;
    on(event: string, listener: (...values: unknown[]) => void): this;
  }
  export const errors: {
    SessionNotFound: new (...values: unknown[]) => Error;
    InvalidRequest: new (description: string) => Error;
    InvalidGrant: new (detail: string) => Error;
  };
  export default Provider;
}
