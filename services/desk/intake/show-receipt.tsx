/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * GET /receipts/:receipt: whoever reported follows the outcome without an account, as a page or as JSON.
 * GET /receipts: by its code. Says nothing about the person it was about.
 */
import { Refusal } from '@answerable/protocol/refusal';
import * as wire from '@answerable/protocol/wire';
import type { Context } from 'hono';
import type { DeskParts } from '../parts.ts';
import { receiptIn } from './complaint-form.ts';
import { publicPage } from './public-page.tsx';
import { LookUpPage, ReceiptPage } from './receipt-page.tsx';
import { followReceipt } from './receipt-status.ts';
import type { Fault } from './report-form.ts';
import type { FormStatus } from './take-form.ts';
import { wantsPage } from './wants-page.ts';

export const showReceipt = (parts: DeskParts) => async (c: Context) => {
  const receipt = c.req.param('receipt') ?? '';
  c.header('cache-control', 'no-store');
  if (wantsPage(c)) return receiptPage(c, parts, receipt, { fresh: c.req.query('new') !== undefined });
  return c.json((await followReceipt(parts, receipt)).status);
};

interface Shown {
  fresh?: boolean;
  faults?: readonly Fault[];
  words?: string;
  status?: FormStatus;
}

export async function receiptPage(c: Context, parts: DeskParts, receipt: string, shown: Shown = {}) {
  const { fresh = false, faults = [], words = '', status = 200 } = shown;
  try {
    const followed = await followReceipt(parts, receipt);
    const title = followed.complaint ? 'Your complaint' : 'Your report';
    const props = { config: parts.config, receipt, fresh, followed, faults, words };
    return publicPage(c, parts.config, { title, status }, <ReceiptPage {...props} />);
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'not_found') throw error;
    return lookUpPage(c, parts, receipt.slice(0, 60), 404);
  }
}

/** GET /receipts?code=… */
export const lookUpReceipt = (parts: DeskParts) => async (c: Context) => {
  const typed = c.req.query('code');
  if (typed === undefined) return lookUpPage(c, parts, '', 200);
  const receipt = receiptIn(typed);
  if (wire.id.safeParse(receipt).success) return c.redirect(`/receipts/${receipt}`, 303);
  return lookUpPage(c, parts, receipt.slice(0, 60), 404);
};

function lookUpPage(c: Context, { config }: DeskParts, typed: string, status: 200 | 404) {
  const faults = status === 200 ? [] : [{ field: 'code', words: 'There is no report with this code.' }];
  return publicPage(
    c,
    config,
    { title: 'Your report', status },
    <LookUpPage faults={faults} typed={typed} />,
  );
}
