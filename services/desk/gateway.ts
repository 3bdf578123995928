/** The gateway of this trust domain: who is one person within a case, sanctions, words for holders, filings. */
import { callJson } from '@answerable/kit/http-client';
import { type FiledCase, filedCase, type filingRequest } from '@answerable/protocol/disclosure/filing';
import { type PromisesResponse, promisesResponse } from '@answerable/protocol/report/promises';
import {
  commitmentTaken,
  type InboxRequest,
  inboxWritten,
  personsResponse,
  type SanctionRequest,
  type SanctionResponse,
  sanctionResponse,
} from '@answerable/protocol/report/sanction';
import type { z } from 'zod';
import type { DeskConfig } from './config.ts';

const timeoutMs = 8_000;
/** A page waits for it. */
const promisesMsMax = 2_000;

export interface Gateway {
  /** What the policy of `platform` promises, and the steps that it has against these accounts. */
  promises(platform: string, subs: readonly string[]): Promise<PromisesResponse>;
  persons(caseId: string, subs: string[]): Promise<{ sub: string; person: number }[]>;
  /** The accounts that it holds, and those on whose platform the gateway acts itself. */
  sanction(request: SanctionRequest): Promise<SanctionResponse>;
  lift(sanction: string): Promise<SanctionResponse>;
  write(request: InboxRequest): Promise<void>;
  /** Has `commitment` put into the log, once for `id`; returns its key there. */
  commit(id: string, commitment: string): Promise<string>;
  file(request: z.infer<typeof filingRequest>): Promise<FiledCase>;
}

export function createGateway({ origin, token }: NonNullable<DeskConfig['gateway']>): Gateway {
  const headers = { authorization: `Bearer ${token}` };
  const post = <T>(path: string, body: unknown, schema: z.ZodType<T>, ms = timeoutMs) =>
    callJson(`${origin}/desk/${path}`, { body, headers, schema, timeoutMs: ms });
  return {
    promises: (platform, subs) => post('promises', { platform, subs }, promisesResponse, promisesMsMax),
    persons: async (caseId, subs) => (await post('persons', { caseId, subs }, personsResponse)).persons,
    sanction: (request) => post('sanctions', request, sanctionResponse),
    lift: (sanction) => post(`sanctions/${sanction}/lift`, {}, sanctionResponse),
    write: async (request) => {
      await post('inbox', request, inboxWritten);
    },
    commit: async (id, commitment) => (await post('commitments', { id, commitment }, commitmentTaken)).logKey,
    file: (request) => post('filings', request, filedCase),
  };
}
