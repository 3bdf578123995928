/**
 * Keeps the page of the tour moving: parts arrive from the server as it would render them and take the place
 * of the old ones; buttons act without leaving the page; real screens open in the frame on the left half.
 * The page works without this file. Must never: load anything from elsewhere.
 */
import { keepLive } from './keep-live.ts';
import { openStage } from './stage.ts';

const say = document.getElementById('say');

keepLive((text) => {
  if (say) say.textContent = text;
});
openStage();

document.addEventListener('submit', async (event) => {
  const form = event.target as HTMLFormElement;
  if (!form.dataset.live) return;
  event.preventDefault();
  const button = (event as SubmitEvent).submitter;
  if (button?.getAttribute('aria-disabled') === 'true') return;
  button?.setAttribute('aria-disabled', 'true');
  const body = new URLSearchParams(
    [...new FormData(form, button)].map(([name, value]) => [name, String(value)]),
  );
  const answer = await fetch(form.action, {
    method: 'POST',
    body,
    headers: { accept: 'application/json' },
  }).catch(() => undefined);
  if (form.dataset.live !== 'step') button?.removeAttribute('aria-disabled');
  if (answer?.ok) return;
  button?.removeAttribute('aria-disabled');
  if (say) say.textContent = 'That did not work. Is the tour still running?';
});

document.getElementById('audit')?.addEventListener('click', async (event) => {
  const button = event.currentTarget as HTMLButtonElement;
  const result = document.getElementById('audit-result');
  if (!result || button.getAttribute('aria-disabled') === 'true') return;
  button.setAttribute('aria-disabled', 'true');
  const address = '/assets/audit.js';
  const { auditInto } = (await import(address)) as typeof import('./audit.ts');
  await auditInto(result);
  button.removeAttribute('aria-disabled');
});
