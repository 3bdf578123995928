/** Chapter five: one account is opened, by two of three guardians, on the record. */
import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collectApprovals } from '@answerable/authority/engine/collect-approvals';
import { fetchFiling } from '@answerable/authority/engine/fetch-filing';
import type { Setting } from '@answerable/authority/engine/parts';
import { requestShares } from '@answerable/authority/engine/request-shares';
import type { Inquiry } from '@answerable/authority/inquiry';
import { loadOrCreateSigningKey } from '@answerable/kit/keys';
import { policySource } from '@answerable/kit/policy-source';
import { loadOrCreateSealingKey } from '@answerable/kit/sealing-key';
import { audit } from '@answerable/log/monitor/audit';
import { networkRules } from '@answerable/log/monitor/network-rules';
import { parseLogTrust } from '@answerable/log/verify/trust';
import { messagesOf } from './abuse.ts';
import { player, seat } from './cast.ts';
import { handles, nameOf, tablesOf } from './join.ts';
import { until, type Worker, worker } from './staff.ts';
import type { Step } from './step.ts';
import { noted, type World } from './world.ts';

const guardians = ['guardian-1', 'guardian-2', 'guardian-3'] as const;

const askStep: Step = {
  id: 'ask',
  chapter: 'open',
  title: 'A court asks for one account',
  says: 'A threat to a life stands in one message. A court may ask for the account behind it, on a ground that the platform’s terms named when the account was made.',
  needs: ['bar'],
  async run(world, tell) {
    const officer = await worker(world, 'authority', 'Officer');
    const inquiry = await officer.post<Inquiry>('/api/inquiries', {
      platform: 'commons',
      ground: 'threat-to-life',
      item: (await messagesOf(world, [handles.hounder!]))[0],
      order: {
        reference: 'PC-2026-0117',
        text: 'The court orders disclosure of the person who wrote the threat of this date, for the protection of life.',
        day: new Date().toISOString().slice(0, 10),
      },
    });
    world.notes.set('inquiry', inquiry.id);
    const filed = await until(async () => {
      const now = await pursue(officer, inquiry.id);
      return now.caseId !== null && now.progress.stage === 'judging' ? now : undefined;
    }, 'the filing');
    tell('the filing stands in the log; the guardians have the case');
    world.notes.set('disclosure', filed.caseId);
    const { wallet } = player(world, 'hounder');
    const heard = await until(async () => {
      const { items } = await wallet.readInbox({ gateway: 'gateway-commons', platform: 'commons', slot: 1 });
      return items.find((one) => one.kind === 'hearing');
    }, 'the hearing');
    await wallet.replyInHearing(
      { gateway: 'gateway-commons', platform: 'commons', slot: 1 },
      { caseId: heard.caseId, reply: 'I did not mean it like that.' },
    );
    return {
      ok: true,
      lines: [
        'The court asked; the gateway filed the case; the log shows a commitment without saying of what.',
        'The holder of the account was told, and answered, without saying who they are.',
      ],
      learned: [
        { party: 'Guardians', what: 'the order, the message, what the holder said; no name' },
        { party: 'Log', what: 'one more commitment among fillers that look the same' },
      ],
    };
  },
};

const alone: Step = {
  id: 'one-guardian',
  chapter: 'open',
  title: 'One guardian is not enough, and nothing unlogged is opened',
  says: 'One guardian agrees: nothing opens. Somebody shows a guardian papers that are not in the log: nothing opens.',
  needs: ['ask'],
  async run(world) {
    const caseId = noted<string>(world, 'disclosure');
    await approve(world, 'guardian-1', caseId);
    const setting = settingOf(world);
    const filed = await fetchFiling(setting, world.network.roles.desk.origin, caseId);
    const { approvals } = await until(async () => {
      const found = await collectApprovals(setting, filed);
      return found.approvals.length === 1 ? found : undefined;
    }, 'the first approval');
    const [one] = await requestShares(setting, filed, approvals);
    const forged = { ...filed, salt: randomBytes(32).toString('base64url') };
    const [unlogged] = await requestShares(setting, forged, approvals);
    const codes = [one, unlogged].map((answer) => (answer?.ok ? 'opened' : (answer?.code ?? 'none')));
    return {
      ok: codes[0] === 'not_enough_approvals' && codes[1] === 'not_logged',
      lines: [
        'With one approval the guardian’s software refused: not enough guardians have agreed.',
        'With papers that the log does not show it refused: nothing is opened that is not on the record.',
      ],
      learned: [{ party: 'Authority', what: 'nothing yet' }],
    };
  },
};

const opened: Step = {
  id: 'two-guardians',
  chapter: 'open',
  title: 'Two of three agree: one name',
  says: 'A second guardian agrees. Each gives its share only after it has checked the log and the whole admission itself. The court sees one name.',
  needs: ['one-guardian'],
  async run(world) {
    const caseId = noted<string>(world, 'disclosure');
    await approve(world, 'guardian-2', caseId);
    const officer = await worker(world, 'authority', 'Officer');
    const done = await until(
      async () => {
        const now = await pursue(officer, noted<string>(world, 'inquiry'));
        return now.progress.stage === 'opened' ? now.progress : undefined;
      },
      'the opening',
      30,
    );
    const other = seat(world, 'hounder', 'plain_words');
    const known = `${JSON.stringify(await officer.get('/api/inquiries'))}${await tablesOf(world, 'desk')}`;
    const leads = known.includes(other.id) || known.includes('plain_words');
    return {
      ok: done.identity.name === nameOf('hounder') && !leads,
      lines: [
        `The court sees one name: ${done.identity.name}, born ${done.identity.birthDate}.`,
        'Nothing that it holds leads to the same person’s account at Lantern.',
      ],
      learned: [
        { party: 'Authority', what: 'one name, behind one account' },
        { party: 'Guardians', what: 'the key of one record; no name' },
        { party: 'Registrar', what: 'that somebody fetched a bucket of records; not which one' },
        { party: 'Lantern', what: 'nothing' },
      ],
    };
  },
};

const record: Step = {
  id: 'record',
  chapter: 'open',
  title: 'The log shows that it happened',
  says: 'The notice is public. The wallet of the person finds it by itself. One flipped byte, and the audit says where.',
  needs: ['two-guardians'],
  async run(world, tell) {
    const { wallet } = player(world, 'hounder');
    const notices = await until(
      async () => {
        const { notices: found } = await wallet.findNotices();
        return found.length >= 2 ? found : undefined;
      },
      'the notices',
      30,
    );
    const others = await player(world, 'survivor').wallet.findNotices();
    tell(`${notices.length} notices, one by each guardian that agreed`);
    const sound = await auditOf(world, world.network.logDir);
    const flipped = await auditFlipped(world);
    const [finding] = flipped.findings;
    return {
      ok: sound.ok && !flipped.ok && finding?.byte !== undefined && others.notices.length === 0,
      lines: [
        `The audit read ${sound.size} entries and every hash, signature and rule holds.`,
        'The wallet of the person found the notice; nobody else’s wallet did.',
        `With one byte flipped the audit fails: ${finding?.file}, byte ${finding?.byte}: ${finding?.says}`,
      ],
      learned: [
        { party: 'Everybody', what: 'that one account at Commons was opened, for whom and on what ground' },
      ],
      figures: { entries: sound.size, witnesses: sound.witnesses.length },
    };
  },
};

export const openSteps: readonly Step[] = [askStep, alone, opened, record];

const pursue = (officer: Worker, id: string): Promise<Inquiry> =>
  officer.post<Inquiry>(`/api/inquiries/${id}/pursue`);

async function approve(world: World, name: (typeof guardians)[number], caseId: string): Promise<void> {
  const judge = await worker(world, name, 'Panel');
  await until(async () => {
    const { state } = await judge.get<{ state: string }>(`/api/cases/${caseId}`);
    return state === 'hearing' ? undefined : state;
  }, 'the end of the hearing');
  const { state } = await judge.get<{ state: string }>(`/api/cases/${caseId}`);
  if (state === 'waiting') await judge.post(`/api/cases/${caseId}/judgement`, { decision: 'approve' });
}

/** The authority's own tool, with its keys: to ask a guardian too early, as a careless officer might. */
export function settingOf({ network }: World): Setting {
  const keysDir = join(network.roles.authority.dataDir, 'keys');
  return {
    policy: policySource(network.policyPath).current(),
    keys: {
      name: 'authority',
      signingSecret: loadOrCreateSigningKey(join(keysDir, 'signing.key')).seed,
      sealingSecret: loadOrCreateSealingKey(join(keysDir, 'sealing.key')).secretKey,
    },
  };
}

function auditOf({ network }: World, folder: string) {
  const policy = policySource(network.policyPath).current();
  return audit({
    fetchFile: async (path) => {
      try {
        return new Uint8Array(readFileSync(join(folder, ...path.split('/'))));
      } catch {
        return undefined;
      }
    },
    trust: parseLogTrust({
      log: policy.log.verifierKey,
      witnesses: policy.witnesses.list.map(({ verifierKey }) => verifierKey),
      quorum: policy.witnesses.quorum,
    }),
    rules: networkRules({ threshold: policy.opening.threshold }),
  });
}

/** The audit of a copy of the log in which one bit of one entry is turned over. */
async function auditFlipped(world: World) {
  const copy = mkdtempSync(join(tmpdir(), 'answerable-flipped-'));
  try {
    cpSync(world.network.logDir, copy, { recursive: true });
    const checkpoint = readFileSync(join(copy, 'checkpoint'), 'utf8');
    const size = Number(checkpoint.split('\n')[1]);
    const path = join(copy, 'tile', 'entries', size >= 256 ? '000' : join('000.p', String(size)));
    const bytes = readFileSync(path);
    bytes[Math.floor(bytes.length / 2)]! ^= 1;
    writeFileSync(path, bytes);
    return await auditOf(world, copy);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
