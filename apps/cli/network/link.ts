/** A one-time link for somebody who works at a console here: asked of our own service, on this machine. */
import { ConfigRefused } from '@answerable/kit/config';
import { callJson } from '@answerable/kit/http-client';
import { Refusal } from '@answerable/protocol/refusal';
import { z } from 'zod';
import { type Home, readSettings } from './home.ts';

const answer = z.object({ path: z.string().max(300) });

/** The address; it opens once. Throws ConfigRefused with a sentence. */
export async function linkFor(
  home: Home,
  role: string | undefined,
  name: string | undefined,
): Promise<string> {
  if (role !== 'registrar' && role !== 'guardian' && role !== 'gateway')
    throw new ConfigRefused(
      'Say for which console: registrar, guardian or gateway. The desk has its own links.',
    );
  const origin = home.organisation.roles[role];
  if (!origin) throw new ConfigRefused(`${home.organisation.title} runs no ${role}.`);
  if (!name?.trim()) throw new ConfigRefused('Say for whom: --name "a working name".');
  const { host, port, operatorToken, adminToken } = readSettings(home, role);
  try {
    const { path } = await callJson(`http://${host}:${port}/operator/sign-in-links`, {
      body: { name },
      headers: { authorization: `Bearer ${adminToken ?? operatorToken}` },
      schema: answer,
    });
    return origin + path;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new ConfigRefused(`The ${role} here made no link: ${error.message}`);
  }
}
