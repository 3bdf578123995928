/** A gateway before a server of the AT Protocol, and people on their way in. */
import type { SettingsOf } from '@answerable/connector/settings';
import type { Credential } from '@answerable/core/presentation/credential';
import { realClock } from '@answerable/kit/clock';
import { openDatabase, withConnection } from '@answerable/kit/database';
import type { AdmissionAnswer } from '@answerable/protocol/admission/answer';
import { accountStore } from '../../accounts/account-store.ts';
import { gatewayConfig } from '../../config.ts';
import { type GatewayTables, migrations } from '../../schema.ts';
import { browser } from '../../testing/browser.ts';
import { postJson, type Scene, type SceneOptions, startScene, type Visit } from '../../testing/scene.ts';
import { answerAsKnown, answerAsNew } from '../../testing/wallet.ts';
import { blueskyRoom } from '../room.ts';
import { look } from '../watch.ts';

export interface Town extends Scene {
  /** A browser that stands before the wallet. */
  arriveAtJoin(): Promise<Visit>;
  answer(visit: Visit, answer: AdmissionAnswer): Promise<{ status: number; body: Record<string, string> }>;
  /** As a new account, or with the one in `slot`. */
  answerNew(visit: Visit, person: Credential, slot?: number): AdmissionAnswer;
  answerKnown(visit: Visit, person: Credential, slot?: number): AdmissionAnswer;
  /** Arrives and answers. */
  join(person: Credential, slot?: number): Promise<Visit>;
  comeBack(person: Credential, slot?: number): Promise<Visit>;
  joinedPage(visit: Visit): Promise<string>;
  askForCode(visit: Visit, brings?: string): Promise<Response>;
  /** Asks for a code and reads it off the page. */
  code(visit: Visit, brings?: string): Promise<string>;
  /** One round of looking after the server, as a second gateway on the same data would do it. */
  round(): Promise<void>;
  /** Erases what was closed long enough before this day. */
  erase(today: string): Promise<number>;
  rows(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
}

export async function startTown(
  server: Pick<SettingsOf<'bluesky'>, 'origin' | 'adminPassword' | 'labeler'>,
  options: SceneOptions = {},
): Promise<Town> {
  const scene = await startScene({
    ...options,
    policy: { title: 'Town', ...options.policy },
    platform: {
      kind: 'bluesky',
      connector: { kind: 'bluesky', name: 'forum', ...server },
      redirectUris: [],
      ...options.platform,
    },
  });
  const { db, close } = await openDatabase<GatewayTables>({ url: scene.databaseUrl, migrations, poolMax: 2 });
  const room = blueskyRoom({
    config: gatewayConfig.parse(scene.config),
    db,
    clock: options.clock ?? realClock,
  });
  const arriveAtJoin = async (): Promise<Visit> => {
    const visitor = browser();
    const { url } = await visitor.follow(`${scene.config.origin}/join/forum`);
    const request = await (await visitor.fetch(`${url}/request`)).json();
    return { browser: visitor, address: url, request };
  };
  const answer = async (visit: Visit, given: AdmissionAnswer) => {
    const response = await postJson(visit.browser, `${visit.address}/answer`, given);
    return { status: response.status, body: await response.json() };
  };
  const answerNew = (visit: Visit, person: Credential, slot = 1) =>
    answerAsNew(person, visit.request, scene.network.policy, {
      slot,
      checkpoint: scene.network.log.checkpoint(),
    });
  const answerKnown = (visit: Visit, person: Credential, slot = 1) =>
    answerAsKnown(person, visit.request, slot);
  const into = async (visit: Visit, given: AdmissionAnswer) => {
    const { status, body } = await answer(visit, given);
    if (status !== 200) throw new Error(body.code);
    return visit;
  };
  const joinedPage = async (visit: Visit) => (await visit.browser.fetch(`${visit.address}/joined`)).text();
  const askForCode = (visit: Visit, brings = '') =>
    visit.browser.fetch(`${visit.address}/code`, { method: 'POST', body: new URLSearchParams({ brings }) });
  return {
    ...scene,
    arriveAtJoin,
    answer,
    answerNew,
    answerKnown,
    join: async (person, slot) => {
      const visit = await arriveAtJoin();
      return into(visit, answerNew(visit, person, slot));
    },
    comeBack: async (person, slot) => {
      const visit = await arriveAtJoin();
      return into(visit, answerKnown(visit, person, slot));
    },
    erase: (today) => accountStore(db).eraseClosed(today),
    round: async () => {
      for (const one of room.watched()) await look(one);
    },
    close: async () => {
      await close();
      await scene.close();
    },
    joinedPage,
    askForCode,
    async code(visit, brings) {
      await askForCode(visit, brings);
      const found = /id="code"[^>]* value="([^"]+)"/.exec(await joinedPage(visit))?.[1];
      if (!found) throw new Error('no code on the page');
      return found;
    },
    rows: (text, values = []) => withConnection(scene.databaseUrl, (run) => run(text, values)),
  };
}
