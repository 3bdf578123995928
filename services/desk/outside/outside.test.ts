/** The story of a notice to another company: written from a case, sent by mail or by hand, chased, answered, public. */
import { createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DeskWorld, deskWorld, type Moderator, snapshot } from '../testing/desk-world.ts';
import { subOf } from '../testing/example-case.ts';

interface MailHost {
  port: number;
  mails: string[];
  /** what it answers to RCPT TO */
  answer: string;
  close(): Promise<void>;
}

/** A mail server as far as RFC 5321 needs one to take a mail. */
async function mailHost(): Promise<MailHost> {
  const sockets = new Set<Socket>();
  const host: Omit<MailHost, 'close'> & { server: Server } = {
    port: 0,
    mails: [],
    answer: '250 fine',
    server: createServer((socket) => {
      sockets.add(socket);
      socket.write('220 mail\r\n');
      let data: string | undefined;
      let buffer = '';
      socket.on('error', () => {});
      socket.on('data', (chunk) => {
        buffer += chunk.toString('latin1');
        for (let end = buffer.indexOf('\r\n'); end >= 0; end = buffer.indexOf('\r\n')) {
          const line = buffer.slice(0, end);
          buffer = buffer.slice(end + 2);
          if (data !== undefined) {
            if (line === '.') {
              host.mails.push(data);
              data = undefined;
              socket.write('250 taken\r\n');
            } else data += `${line}\r\n`;
          } else if (/^EHLO/i.test(line)) socket.write('250 mail\r\n');
          else if (/^DATA/i.test(line)) {
            data = '';
            socket.write('354 go on\r\n');
          } else if (/^RCPT/i.test(line)) socket.write(`${host.answer}\r\n`);
          else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n');
          else socket.write('250 fine\r\n');
        }
      });
    }),
  };
  await new Promise<void>((done) => host.server.listen(0, '127.0.0.1', done));
  const address = host.server.address();
  host.port = typeof address === 'object' && address ? address.port : 0;
  return Object.assign(host, {
    close: () =>
      new Promise<void>((done) => {
        for (const socket of sockets) socket.destroy();
        host.server.close(() => done());
      }),
  });
}

const text = (mail: string) => mail.replaceAll('=\r\n', '').replaceAll('=3D', '=');
const draft = (more: object = {}) => ({
  company: 'Big Place',
  email: 'notices@big.example',
  basis: 'dsa-16',
  addresses: ['https://big.example/page/1'],
  ground: 'Penal Code, section 1',
  explanation: 'It tells people to harm themselves.',
  evidence: ['post/a'],
  sender: { name: 'Commons', email: 'desk@commons.example' },
  goodFaith: true,
  ...more,
});

describe('a notice to another company', () => {
  let world: DeskWorld;
  let mail: MailHost;
  let robin: Moderator;
  let caseId: string;
  beforeAll(async () => {
    mail = await mailHost();
    const from = 'desk@commons.example';
    world = await deskWorld('outside', { mail: { smtpUrl: `smtp://127.0.0.1:${mail.port}`, from } });
    robin = await world.signIn('Robin');
    const items = [snapshot('post/a', subOf('a'), 'The page says: do it.')];
    await world.report(items, { reasons: ['promotes-suicide'] });
    caseId = (await world.caseOf(robin, 'post/a')).caseId;
  });
  // Time goes on in these tests, and a session is over after twelve hours.
  beforeEach(async () => {
    robin = await world.signIn('Robin');
  });
  afterAll(async () => {
    await world.close();
    await mail.close();
  });
  const begin = async (more: object = {}) =>
    (await robin.post(`/cases/${caseId}/outside-notices`, draft(more))).body;
  const until = async (check: () => boolean) => {
    for (let tries = 0; tries < 200 && !check(); tries++) await new Promise((done) => setTimeout(done, 25));
    expect(check()).toBe(true);
  };

  it('goes out by e-mail, is chased when nobody answers, and the answer is timed in public', async () => {
    const { notice } = await begin();
    const { body } = await robin.post(`/outside/${notice}/sent`, { way: 'e-mail' });
    expect(body).toMatchObject({ phase: 'sent', way: 'e-mail' });
    await until(() => mail.mails.length === 1);
    expect(text(mail.mails[0] ?? '')).toContain('https://big.example/page/1');
    expect(text(mail.mails[0] ?? '')).toContain('The page says: do it.');
    // Nothing in it says whose account it is with us.
    expect(mail.mails[0]).not.toContain(subOf('a'));

    world.clock.advance({ hours: 73 });
    await world.desk.tick();
    await until(() => mail.mails.length === 2);
    expect(mail.mails[1]).toMatch(/^Subject: .*Reminder/m);
    const ids = mail.mails.map((one) => /^Message-ID: (.+)$/im.exec(one)?.[1]);
    expect(new Set(ids).size).toBe(2);

    world.clock.advance({ hours: 27 });
    robin = await world.signIn('Robin');
    await robin.post(`/outside/${notice}/acknowledged`, { reference: 'T-77' });
    await robin.post(`/outside/${notice}/answered`, { outcome: 'removed', words: 'It is gone.' });
    const seen = await fetch(`${world.origin}/public/outside-notices`, {
      headers: { accept: 'application/json' },
    });
    const [row] = (await seen.json()).companies;
    expect(row).toMatchObject({ company: 'Big Place', sent: 1, answered: 1, acted: 1 });
    expect(Math.round(row.medianHours)).toBe(100);
    const csv = await (await fetch(`${world.origin}/public/outside-notices.csv`)).text();
    expect(csv).toContain('"Big Place","1","1","1","100"');
  });

  it('says so when the mail server refuses it, and can then be handed over', async () => {
    mail.answer = '550 nobody here';
    const { notice } = await begin({ company: 'Elsewhere' });
    const { body } = await robin.post(`/outside/${notice}/sent`, { way: 'e-mail' });
    expect(body.phase).toBe('sent');
    const page = await (
      await fetch(`${world.origin}/outside/${notice}`, { headers: { cookie: robin.cookie } })
    ).text();
    expect(page).toContain('The mail server refused the mail.');
    mail.answer = '250 fine';
    const chased = await robin.post(`/outside/${notice}/chased`, { way: 'form' });
    expect(chased.body.chased).toBe(1);
  });

  it('is not made of somebody’s own distress, however it is asked', async () => {
    await world.report([snapshot('post/own', subOf('b'), 'I cannot go on.')], {
      reasons: ['worried-about-them'],
    });
    const care = await world.caseOf(robin, 'post/own');
    const refused = await robin.post(
      `/cases/${care.caseId}/outside-notices`,
      draft({ evidence: ['post/own'] }),
    );
    expect(refused.body.code).toBe('distress_no_sanction');
    const none = await robin.post(`/cases/${care.caseId}/outside-notices`, draft({ evidence: [] }));
    expect(none.body.code).toBe('distress_no_sanction');
  });

  it('is not sent when what it rests on is found to be distress after it was written', async () => {
    await world.report([snapshot('post/later', subOf('c'), 'I cannot.')], { reasons: ['other'] });
    const other = await world.caseOf(robin, 'post/later');
    const { body } = await robin.post(
      `/cases/${other.caseId}/outside-notices`,
      draft({ evidence: ['post/later'] }),
    );
    await robin.post(`/cases/${other.caseId}/claim`);
    await robin.post(`/cases/${other.caseId}/assessment`, {
      assessment: { about: 'first-person-distress', items: ['post/later'], note: '' },
    });
    const sent = await robin.post(`/outside/${body.notice}/sent`, { way: 'form' });
    expect(sent.body.code).toBe('distress_no_sanction');
  });

  it.each<[string, object, string]>([
    ['evidence that is not in the case', { evidence: ['post/elsewhere'] }, 'move_not_allowed'],
    ['no good faith', { goodFaith: false }, 'malformed'],
    ['a script for an address', { addresses: ['javascript:alert(1)'] }, 'malformed'],
  ])('is refused with %s', async (_sin, more, code) => {
    const { body } = await robin.post(`/cases/${caseId}/outside-notices`, draft(more));
    expect(body.code).toBe(code);
  });

  it('is sent once when it is sent twenty times at once', async () => {
    const before = mail.mails.length;
    const { notice } = await begin({ company: 'Twice' });
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => robin.post(`/outside/${notice}/sent`, { way: 'e-mail' })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    await until(() => mail.mails.length === before + 1);
    await world.desk.tick();
    expect(mail.mails).toHaveLength(before + 1);
  });

  it('is nothing for triage, and nothing for who is not signed in', async () => {
    const tess = await world.signIn('Tess', ['triage']);
    const { notice } = await begin({ company: 'Mine' });
    expect((await tess.post(`/outside/${notice}/sent`, { way: 'form' })).status).toBe(403);
    expect((await tess.post(`/cases/${caseId}/outside-notices`, draft())).status).toBe(403);
    const stranger = await fetch(`${world.origin}/outside/${notice}/evidence.json`);
    expect(stranger.status).toBe(401);
  });

  it('shows hostile words as words, in the page, the letter and the CSV', async () => {
    const company = '=HYPERLINK("x")<script>alert(1)</script>\u202E';
    const { notice } = await begin({ company, explanation: '<img src=x onerror=alert(1)>' });
    await robin.post(`/outside/${notice}/sent`, { way: 'post' });
    const page = await (
      await fetch(`${world.origin}/outside/${notice}`, { headers: { cookie: robin.cookie } })
    ).text();
    expect(page).not.toContain('<script>alert');
    expect(page).not.toContain('<img');
    expect(page).not.toContain('\u202E');
    const csv = await (await fetch(`${world.origin}/public/outside-notices.csv`)).text();
    expect(csv).toContain('"\'=HYPERLINK(""x"")');
  });
});
