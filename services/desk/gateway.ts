/** The gateway of this trust domain: who is one person within a case, sanctions, words for holders, filings. */
import { callJson } from '@answerable/kit/http-client';
import { type FiledCase, filedCase, type filingRequest } from '@answerable/protocol/disclosure/filing';
import {
  commitmentTaken,
  type InboxRequest,
  inboxWritten,
  personsResponse,
  type SanctionRequest,
  sanctionResponse,
} from '@answerable/protocol/report/sanction';
import type { z } from 'zod';
import type { DeskConfig } from './config.ts';

const timeoutMs = 8_000;

export interface Gateway {
  persons(caseId: string, subs: string[]): Promise<{ sub: string; person: number }[]>;
  /** The accounts that it acts on. */
  sanction(request: SanctionRequest): Promise<string[]>;
  lift(sanction: string): Promise<string[]>;
  write(request: InboxRequest): Promise<void>;
  /** Has `commitment` put into the log, once for `id`; returns its key there. */
  commit(id: string, commitment: string): Promise<string>;
  file(request: z.infer<typeof filingRequest>): Promise<FiledCase>;
}

export function createGateway({ origin, token }: NonNullable<DeskConfig['gateway']>): Gateway {
  const headers = { authorization: `Bearer ${token}` };
  const post = <T>(path: string, body: unknown, schema: z.ZodType<T>) =>
    callJson(`${origin}/desk/${path}`, { body, headers, schema, timeoutMs });
  return {
    persons: async (caseId, subs) => (await post('persons', { caseId, subs }, personsResponse)).persons,
    sanction: async (request) => (await post('sanctions', request, sanctionResponse)).accounts,
    lift: async (sanction) => (await post(`sanctions/${sanction}/lift`, {}, sanctionResponse)).accounts,
    write: async (request) => {
      await post('inbox', request, inboxWritten);
    },
    commit: async (id, commitment) => (await post('commitments', { id, commitment }, commitmentTaken)).logKey,
    file: (request) => post('filings', request, filedCase),
  };
}
