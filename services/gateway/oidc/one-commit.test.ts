/** What one request to the OpenID provider changes stands as a whole or not at all, whatever the database refuses. */
import { withConnection } from '@answerable/kit/database';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { basic, clientOf } from '../testing/client.ts';
import { postJson, type Scene, startScene, token } from '../testing/scene.ts';
import { answerAsNew } from '../testing/wallet.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene?.close());

const redirect_uri = 'http://localhost:9/callback';
const query = { client_id: 'forum', response_type: 'code', scope: 'openid profile', redirect_uri };
const sql = (text: string) => withConnection(scene.databaseUrl, (run) => run(text));
const kept = async (model: string) =>
  Number((await sql(`select count(*) as n from oidc_state where model = '${model}'`))[0]!.n);

/** The database refuses to keep one of this model. */
const refuse = (model: string) =>
  sql(`
    create function refuse() returns trigger language plpgsql as $$ begin raise 'refused'; end $$;
    create trigger refuse before insert on oidc_state for each row
      when (new.model = '${model}') execute function refuse();`);
const refuseNoLonger = () => sql('drop function if exists refuse cascade');
afterEach(refuseNoLonger);

const exchange = (code: string | null) =>
  clientOf(scene).token(
    { grant_type: 'authorization_code', code: code ?? '', redirect_uri },
    basic('forum', token),
  );

describe('a code', () => {
  it('whose token could not be kept is as good as before', async () => {
    const back = await clientOf(scene).signUp(scene.network.enrol(), query);
    await refuse('AccessToken');
    const refused = await exchange(back.get('code'));
    expect([refused.status, refused.body.error]).toEqual([500, 'server_error']);
    await refuseNoLonger();
    const { body } = await exchange(back.get('code'));
    expect(await clientOf(scene).userInfo(body.access_token)).toHaveProperty('sub');
    expect((await exchange(back.get('code'))).body.error).toBe('invalid_grant');
  });

  it('that was refused after it was used stays used', async () => {
    const back = await clientOf(scene).signUp(scene.network.enrol(), query, { handle: 'closes' });
    await sql(`update account set closed_day = '2020-01-01' where handle = 'closes'`);
    expect((await exchange(back.get('code'))).body.error).toBe('invalid_grant');
    await sql(`update account set closed_day = null where handle = 'closes'`);
    const tokens = await kept('AccessToken');
    expect((await exchange(back.get('code'))).body.error).toBe('invalid_grant');
    expect(await kept('AccessToken')).toBe(tokens);
  });

  it('that came back a second time ends what came of the first', async () => {
    const back = await clientOf(scene).signUp(scene.network.enrol(), query, { handle: 'twice' });
    const { body } = await exchange(back.get('code'));
    expect(await clientOf(scene).userInfo(body.access_token)).toHaveProperty('sub');
    expect((await exchange(back.get('code'))).body.error).toBe('invalid_grant');
    expect(await clientOf(scene).userInfo(body.access_token)).toMatchObject({ error: 'invalid_token' });
  });
});

describe('the way back to the platform', () => {
  it('that could not be kept leaves no code, no cookie and no grant, and can be gone again', async () => {
    const visit = await clientOf(scene).arrive(query);
    const chosen = { checkpoint: scene.network.log.checkpoint(), handle: 'again' };
    const answer = answerAsNew(scene.network.enrol(), visit.request, scene.network.policy, chosen);
    const { resume } = (await (await postJson(visit.browser, `${visit.address}/answer`, answer)).json()) as {
      resume: string;
    };
    const before = [await kept('Grant'), await kept('AuthorizationCode'), await kept('Interaction')];
    await refuse('Session');
    const lost = await visit.browser.fetch(resume, { headers: { accept: 'text/html' } });
    expect(lost.status).toBe(500);
    expect(lost.headers.get('location')).toBeNull();
    expect(lost.headers.getSetCookie()).toEqual([]);
    expect(await lost.text()).toContain('This sign-in did not work');
    expect([await kept('Grant'), await kept('AuthorizationCode'), await kept('Interaction')]).toEqual(before);
    await refuseNoLonger();
    const { url } = await visit.browser.follow(resume, ({ port }) => port === '9');
    expect((await exchange(new URL(url).searchParams.get('code'))).status).toBe(200);
  });

  it('that a person chose is over once it was gone, also without a sign-in', async () => {
    const { browser, address } = await clientOf(scene).arrive(query);
    const before = await kept('Interaction');
    const back = await browser.fetch(`${address}/cancel`, {
      method: 'POST',
      headers: { origin: scene.config.origin },
    });
    const { url } = await browser.follow(back.headers.get('location') ?? '', ({ port }) => port === '9');
    expect(new URL(url).searchParams.get('error')).toBe('access_denied');
    expect(await kept('Interaction')).toBe(before - 1);
  });
});
