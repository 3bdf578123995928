/** Minutes, breaks and limits: what is counted, what cannot be, and what the queue then gives to whom. */
import { practiceClock } from '@answerable/kit/clock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DeskWorld, deskWorld, type Moderator, snapshot } from '../testing/desk-world.ts';
import { subOf } from '../testing/example-case.ts';
import { connectorToken } from '../testing/fake-neighbours.ts';
import { createExposure } from './exposure.ts';
import { limitsOf, mayBeGiven, restBoundDefault, restState } from './rest-policy.ts';

describe('minutes', () => {
  const start = new Date('2026-11-23T08:00:00.000Z');
  const ping = (exposure: ReturnType<typeof createExposure>, name = 'A') => exposure.seen(name);

  it('are the time between two words of the browser', () => {
    const clock = practiceClock(start);
    const exposure = createExposure(clock);
    let minutes = ping(exposure);
    for (let n = 0; n < 9; n++) {
      clock.advance({ seconds: 20 });
      minutes += ping(exposure);
    }
    expect(minutes).toBe(3);
    expect(exposure.inOneGo('A')).toBe(3);
    expect(exposure.inOneGo('B')).toBe(0);
  });

  it('do not come faster from a script that says it a thousand times, or from two windows', () => {
    const clock = practiceClock(start);
    const exposure = createExposure(clock);
    let minutes = 0;
    for (let n = 0; n < 1_000; n++) minutes += ping(exposure);
    expect(minutes).toBe(0);
  });

  it('do not count the night between two words', () => {
    const clock = practiceClock(start);
    const exposure = createExposure(clock);
    ping(exposure);
    clock.advance({ hours: 9 });
    expect(ping(exposure)).toBe(0);
  });

  it('in one go begin again after a pause, or a break', () => {
    const clock = practiceClock(start);
    const exposure = createExposure(clock);
    const look = () => {
      for (let n = 0; n < 5; n++) {
        ping(exposure);
        clock.advance({ seconds: 30 });
      }
    };
    look();
    expect(exposure.inOneGo('A')).toBe(2);
    clock.advance({ minutes: 11 });
    expect(exposure.inOneGo('A')).toBe(0);
    look();
    exposure.rested('A');
    expect(exposure.inOneGo('A')).toBe(0);
  });

  it('count one for a heavy case that was opened without scripts, however often it is reloaded', () => {
    const clock = practiceClock(start);
    const exposure = createExposure(clock);
    expect(exposure.opened('A')).toBe(1);
    expect(exposure.opened('A')).toBe(0);
  });
});

describe('limits', () => {
  it('of one’s own are never above the desk’s', () => {
    expect(limitsOf(restBoundDefault, { minutes: 900, breakAfter: null })).toEqual(restBoundDefault);
    expect(limitsOf(restBoundDefault, { minutes: 30, breakAfter: 20 })).toEqual({
      minutes: 30,
      breakAfter: 20,
    });
  });

  it('keep heavy cases away, never an alarm', () => {
    const rest = { minutes: 120, inOneGo: 0, limits: restBoundDefault, breakUntil: null };
    expect(restState(rest)).toBe('enough-today');
    expect(mayBeGiven('enough-today', { heavy: true, alarm: false })).toBe(false);
    expect(mayBeGiven('enough-today', { heavy: false, alarm: false })).toBe(true);
    expect(mayBeGiven('on-break', { heavy: true, alarm: true })).toBe(true);
    expect(mayBeGiven('break-suggested', { heavy: true, alarm: false })).toBe(true);
  });
});

describe('a shift', () => {
  let world: DeskWorld;
  let [a, b, admin]: Moderator[] = [];
  const report = (locator: string, reason: 'hate' | 'other') =>
    world.report([snapshot(locator, subOf('s'))], { reasons: [reason] }, connectorToken);

  beforeAll(async () => {
    world = await deskWorld('desk-shift');
    a = await world.signIn('Moderator A');
    b = await world.signIn('Moderator B');
    admin = await world.signIn('Admin D', ['admin']);
    await report('post/heavy', 'hate');
  });
  afterAll(() => world.close());

  const look = async (who: Moderator, minutes: number) => {
    await who.post('/shift/exposure');
    for (let n = 0; n < minutes * 2; n++) {
      world.clock.advance({ seconds: 30 });
      await who.post('/shift/exposure');
    }
  };

  it('past the limit is given no heavy case, and light ones still', async () => {
    expect((await a!.post('/shift/limits', { minutes: 5, breakAfter: null })).status).toBe(200);
    await look(a!, 6);
    expect((await a!.get('/shift')).body.rest).toMatchObject({ minutes: 6, state: 'enough-today' });
    const { caseId } = await world.caseOf(a!, 'post/heavy');
    expect((await a!.post(`/cases/${caseId}/claim`)).body.code).toBe('rest_first');
    expect((await a!.get('/next')).body.code).toBe('rest_first');
    await report('post/light', 'other');
    const light = await world.caseOf(a!, 'post/light');
    expect((await a!.post(`/cases/${light.caseId}/claim`)).status).toBe(200);
    expect((await b!.post(`/cases/${caseId}/claim`)).status).toBe(200);
    await b!.post(`/cases/${caseId}/release`);
  });

  it('on a break is given nothing, until it is over', async () => {
    expect((await b!.post('/shift/break', { minutes: 10 })).body.state).toBe('on-break');
    expect((await b!.get('/next')).body.code).toBe('rest_first');
    world.clock.advance({ minutes: 11 });
    expect((await b!.get('/shift')).body.rest.state).toBe('working');
    await b!.post('/shift/break', { minutes: 60 });
    expect((await b!.post('/shift/break/end')).body.state).toBe('working');
  });

  it('is nobody else’s to see: an admin sees the sum', async () => {
    const { body } = await admin!.get('/shift');
    expect(body.rest.minutes).toBe(0);
    expect(body.totals[0]).toEqual({ day: '2026-11-23', minutes: 6, people: 1 });
    expect(JSON.stringify(body)).not.toContain('Moderator A');
    expect((await b!.get('/shift')).body.totals).toBeNull();
  });

  it.each([
    ['a limit above the desk’s', '/shift/limits', { minutes: 500, breakAfter: null }, 400],
    ['a limit of nothing at all', '/shift/limits', { minutes: 0, breakAfter: null }, 400],
    ['a break of a year', '/shift/break', { minutes: 525_600 }, 400],
    ['minutes in a ping', '/shift/exposure', { minutes: 90 }, 400],
    ['a bound set by a moderator', '/shift/bounds', { minutes: 60, breakAfter: 30 }, 403],
    ['a note of nothing', '/shift/notes', { words: '  ' }, 400],
    ['a note of a megabyte', '/shift/notes', { words: 'x'.repeat(1_000_000) }, 413],
    [
      'handing over to nobody known',
      '/shift/hand-over',
      { cases: ['x'.repeat(22)], to: 'Nobody', word: 'x' },
      400,
    ],
  ])('refuses %s', async (_sin, path, body, status) => {
    expect((await b!.post(path, body)).status).toBe(status);
  });

  it('has bounds that an admin sets, and everybody is under at once', async () => {
    expect((await admin!.post('/shift/bounds', { minutes: 5, breakAfter: 5 })).status).toBe(200);
    expect((await b!.get('/shift')).body.rest.limits).toEqual({ minutes: 5, breakAfter: 5 });
  });

  it('ends with cases back in the queue and a word for who is next', async () => {
    const { caseId } = await world.caseOf(a!, 'post/light');
    const gone = 'A'.repeat(22);
    const { body } = await a!.post('/shift/hand-over', {
      cases: [caseId, gone],
      to: '',
      word: 'Ask for the second post.',
    });
    expect(body).toEqual({ handedOver: 1, left: [{ caseId: gone, code: 'case_unknown' }] });
    const view = (await b!.get(`/cases/${caseId}`)).body;
    expect(view.assignee).toBeNull();
    expect(view.history.at(-2).words).toBe('Note: Ask for the second post.');
    await a!.post('/shift/notes', { words: 'Quiet night.' });
    const note = (await b!.get('/shift')).body.notes[0];
    expect(note).toMatchObject({ by: 'Moderator A', words: 'Quiet night.' });
    await b!.post(`/shift/notes/${note.note}/done`);
    expect((await a!.get('/shift')).body.notes).toEqual([]);
  });
});
