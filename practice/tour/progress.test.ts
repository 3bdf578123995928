/** How far the visitor came: order, failures, memory over restarts. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Outcome, Step } from '@answerable/practice-story/step';
import type { World } from '@answerable/practice-story/world';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createProgress, withNeeds } from './progress.ts';

const world = { notes: new Map() } as unknown as World;
const fine: Outcome = { ok: true, lines: ['fine'], learned: [] };
let dir: string;
let ran: string[];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'answerable-progress-'));
  ran = [];
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function step(id: string, needs: string[] = [], run: Step['run'] = async () => fine): Step {
  const noted: Step['run'] = (w, tell) => {
    ran.push(id);
    return run(w, tell);
  };
  return { id, chapter: 'join', title: `Title of ${id}`, says: '', needs, run: noted };
}
const create = (...steps: Step[]) => createProgress({ world, steps, path: join(dir, 'tour.json') });

describe('a step', () => {
  it('runs after what it needs, each once', async () => {
    const progress = create(step('c', ['b', 'a']), step('b', ['a']), step('a'));
    await progress.run('c');
    await progress.run('c');
    expect(ran).toEqual(['a', 'b', 'c']);
    expect(progress.stateOf('c')).toMatchObject({ status: 'done', outcome: fine, earlier: false });
  });

  it('waits while another runs', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const progress = create(
      step('slow', [], async () => {
        await held;
        return fine;
      }),
      step('next'),
    );
    const both = [progress.run('slow'), progress.run('next')];
    await Promise.resolve();
    expect(progress.stateOf('next').status).toBe('waiting');
    release();
    await Promise.all(both);
    expect(ran).toEqual(['slow', 'next']);
  });

  it('does not run when what it needs broke, and says which', async () => {
    const broken = step('broken', [], () => Promise.reject(new Error('no answer')));
    const progress = create(broken, step('after', ['broken']));
    const { outcome } = await progress.run('after');
    expect(ran).toEqual(['broken']);
    expect(progress.stateOf('broken').outcome).toMatchObject({ ok: false, lines: ['no answer'] });
    expect(outcome).toMatchObject({ ok: false });
    expect(outcome?.lines[0]).toContain('Title of broken');
  });

  it('may be tried again after it broke', async () => {
    let tries = 0;
    const progress = create(step('shy', [], async () => ({ ...fine, ok: ++tries > 1 })));
    expect((await progress.run('shy')).outcome?.ok).toBe(false);
    expect((await progress.run('shy')).outcome?.ok).toBe(true);
  });

  it('tells line by line', async () => {
    const lines: string[] = [];
    const progress = create(
      step('talks', [], async (_world, tell) => {
        tell('one');
        tell('two');
        return fine;
      }),
    );
    progress.listen((_step, state, line) => line && lines.push(`${line} of ${state.told.length}`));
    await progress.run('talks');
    expect(lines).toEqual(['one of 1', 'two of 2']);
  });
});

describe('the memory', () => {
  it('shows outcomes of an earlier start, and goes on from them', async () => {
    await create(step('a'), step('b', ['a'])).run('a');
    expect(statSync(join(dir, 'tour.json')).mode & 0o077).toBe(0);
    const later = create(step('a'), step('b', ['a']));
    expect(later.stateOf('a')).toMatchObject({ status: 'done', outcome: fine, earlier: true });
    await later.run('b');
    expect(ran).toEqual(['a', 'b']);
  });

  it('runs again what did not go as promised at an earlier start', async () => {
    await create(step('a', [], () => Promise.reject(new Error('cut off')))).run('a');
    const later = create(step('a'));
    expect((await later.run('a')).outcome).toMatchObject({ ok: true });
  });

  it('of another shape is no memory', () => {
    writeFileSync(join(dir, 'tour.json'), '{"a":{"ok":"yes"}}');
    expect(create(step('a')).stateOf('a').status).toBe('idle');
    expect(readFileSync(join(dir, 'tour.json'), 'utf8')).toContain('yes');
  });
});

describe('the order', () => {
  it('refuses a circle and an unknown step', () => {
    expect(() => withNeeds([step('a', ['b']), step('b', ['a'])], 'a')).toThrow('needs itself');
    expect(() => withNeeds([step('a', ['z'])], 'a')).toThrow('no step z');
  });
});
