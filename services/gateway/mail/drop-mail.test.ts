/** Mail at the gateway: what is answered, that it says of no address whether it exists, and that nothing stays. */

import { connect } from 'node:net';
import { freePort } from '@answerable/kit/free-port';
import { createMetrics } from '@answerable/kit/metrics';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gatewayConfig } from '../config.ts';
import { drawRelayPart } from '../relay.ts';
import { membersOf } from '../testing/members.ts';
import { type Scene, startScene } from '../testing/scene.ts';
import { type MailDoor, openMailDoor } from './drop-mail.ts';

let scene: Scene;
let port: number;
let members: ReturnType<typeof membersOf>;
beforeAll(async () => {
  port = await freePort();
  const mail = { port };
  scene = await startScene({ relayDomain: 'relay.example', policy: { relayAddress: true }, mail });
  members = membersOf(scene);
});
afterAll(() => scene?.close());

/** Says each line after the answer to the one before; the answers, without what names the moment. */
function talk(lines: readonly string[], at = port): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const answers: string[] = [];
    const waiting = [...lines];
    let text = '';
    const socket = connect(at, '127.0.0.1')
      .on('error', reject)
      .on('close', () => resolve(answers))
      .on('data', (chunk) => {
        text += chunk.toString();
        if (!/^\d{3} .*\r\n$/m.test(text)) return;
        answers.push(text.trim());
        text = '';
        const next = waiting.shift();
        if (next === undefined) socket.end();
        else socket.write(`${next}\r\n`);
      });
  });
}

const mailTo = (address: string, body = 'Please confirm: https://forum.example/confirm/1') => [
  'EHLO forum.example',
  'MAIL FROM:<noreply@forum.example>',
  `RCPT TO:<${address}>`,
  'DATA',
  `Subject: canary-of-a-mail\r\n\r\n${body}\r\n.`,
  'QUIT',
];
const live = async () => {
  const { sub } = await members.join(scene.network.enrol());
  const [row] = await members.rows('select relay from account where sub = $1', [sub]);
  return `${row!.relay}@relay.example`;
};

describe('mail to a relay address', () => {
  it('is accepted, and said to be thrown away', async () => {
    const answers = await talk(mailTo(await live()));
    expect(answers[0]).toContain('thrown away');
    expect(answers.at(-2)).toMatch(/^250 .*Accepted and thrown away/);
  });

  it('is answered alike whether the address is somebody’s or nobody’s', async () => {
    const [known, unknown] = [await live(), `${drawRelayPart()}@relay.example`];
    const plain = (answers: string[]) => answers.join('\n');
    expect(plain(await talk(mailTo(known)))).toBe(plain(await talk(mailTo(unknown))));
  });

  it('leaves nothing in the database or the journal', async () => {
    await talk(mailTo(await live(), 'canary-of-a-body'));
    const tables = await members.rows("select tablename from pg_tables where schemaname = 'public'");
    for (const { tablename } of tables) {
      const found = await members.rows(`select 1 from "${tablename}" t where t::text like '%canary-of-a%'`);
      expect([tablename, found]).toEqual([tablename, []]);
    }
    expect(scene.journal.join('')).not.toMatch(/canary|forum\.example/);
  });

  it('is counted, and no more', async () => {
    const text = await (await fetch(`${scene.config.origin}/metrics`)).text();
    expect(text).toMatch(/mail_total\{[^}]*outcome="dropped"[^}]*\} \d/);
    expect(text).not.toContain('relay.example');
  });
});

describe('what is refused', () => {
  it.each([
    ['an address elsewhere: nothing is passed on', 'somebody@elsewhere.example'],
    ['an address of another shape', 'postmaster@relay.example'],
    ['an address in two places', 'aaaaaaaaaaaaaaaa%elsewhere.example@relay.example'],
    ['an address under a longer domain', `${drawRelayPart()}@relay.example.elsewhere.example`],
  ])('%s', async (_name, address) => {
    const answers = await talk(mailTo(address).slice(0, 3));
    expect(answers.at(-1)).toMatch(/^550/);
  });
  it.each(['AUTH PLAIN AHgAeA==', 'STARTTLS', 'VRFY somebody', 'EXPN all'])('%s', async (line) => {
    const answers = await talk(['EHLO a', line]);
    expect(answers.at(-1)).toMatch(/^(5|252)/);
    expect(answers.at(-1)).not.toContain('somebody');
  });
  it('a mail that is too large', async () => {
    const lines = `${'x'.repeat(70)}\r\n`.repeat(15_000);
    expect((await talk(mailTo(await live(), lines))).at(-2)).toMatch(/^552/);
  });
  it('an eleventh recipient, and a twenty-first mail over one connection', async () => {
    const to = `RCPT TO:<${drawRelayPart()}@relay.example>`;
    const many = Array.from({ length: 11 }, () => `RCPT TO:<${drawRelayPart()}@relay.example>`);
    expect((await talk(['EHLO a', 'MAIL FROM:<a@b.example>', ...many])).at(-1)).toMatch(/^452/);
    const once = ['MAIL FROM:<a@b.example>', to, 'RSET'];
    const often = Array.from({ length: 21 }, () => once).flat();
    expect((await talk(['EHLO a', ...often])).some((answer) => answer.startsWith('421'))).toBe(true);
  });
  it('a thirty-first connection in a minute', async () => {
    const door: MailDoor = await openMailDoor(
      { relayDomain: 'relay.example', mail: { port: 0 } },
      createMetrics('gateway'),
    );
    const all: string[] = [];
    // A minute can end in between, once.
    for (const _ of [1, 2]) {
      const together = await Promise.all(Array.from({ length: 31 }, () => talk([], door.port)));
      all.push(...together.map(([greeting = '']) => greeting));
    }
    await door.close();
    expect(all.filter((answer) => answer.startsWith('421')).length).toBeGreaterThan(0);
    expect(all[0]).toMatch(/^220/);
  });
});

it('no gateway takes mail without a domain for it', () => {
  const { relayDomain: _, ...config } = scene.config;
  const platforms = config.platforms.map((one) => ({
    ...one,
    policy: { ...one.policy, relayAddress: false },
  }));
  expect(gatewayConfig.safeParse({ ...config, platforms, mail: undefined }).success).toBe(true);
  expect(gatewayConfig.safeParse({ ...config, platforms }).success).toBe(false);
});
