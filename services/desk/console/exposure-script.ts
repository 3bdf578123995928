/**
 * Heavy words and pictures stand open only while somebody looks: they close when the page is left or hidden, and while
 * they are open the desk is told every few seconds, so that it can count minutes and suggest a break. Text of one
 * small script; without it, opening a heavy case counts as one minute.
 */
import { pingSeconds } from '../shift/exposure.ts';

export const exposureScript = `
(() => {
  const open = () => [...document.querySelectorAll('details.veil[open]')].filter((one) => one.offsetParent !== null);
  const token = document.querySelector('form[action="/sign-out"] [name=csrf]');
  const said = document.querySelector('[data-rest-live]');
  const close = () => { for (const one of document.querySelectorAll('details.veil[open]')) one.open = false; };
  const tell = async () => {
    if (!token || document.hidden || open().length === 0) return;
    const headers = { accept: 'application/json', 'content-type': 'application/json', 'x-csrf-token': token.value };
    try {
      const answer = await fetch('/shift/exposure', { method: 'POST', headers, body: '{}' });
      const { state, minutes } = await answer.json();
      if (!said || state === 'working') return;
      const words = state === 'enough-today'
        ? 'You have seen enough for today: ' + minutes + ' minutes. Heavy cases now go to others.'
        : 'Time for a break? It can be taken under Your shift.';
      if (said.textContent !== words) said.textContent = words;
      said.hidden = false;
    } catch {}
  };
  document.addEventListener('toggle', (event) => { if (event.target.matches?.('details.veil[open]')) tell(); }, true);
  document.addEventListener('visibilitychange', () => { if (document.hidden) close(); });
  addEventListener('pagehide', close);
  setInterval(tell, ${pingSeconds * 1000});
})();
`.trim();
