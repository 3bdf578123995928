/**
 * GET /scripts/passkeys.js: @simplewebauthn/browser from its npm package, and what our own pages do with it. One
 * file of our own origin, as the content security policy asks.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Context } from 'hono';

const ageSeconds = 3600;

// A form that says which passkey step it is: asks for the challenge, lets the browser answer it, sends the answer.
// `sign` sends the form's own fields with both, so that what is signed is what was typed.
const ownScript = `
(() => {
  const { startRegistration, startAuthentication, browserSupportsWebAuthn } = SimpleWebAuthnBrowser;
  const fieldsOf = (form) => Object.fromEntries(
    [...new FormData(form)].filter(([name, value]) => name !== 'csrf' && value !== ''));
  for (const form of document.querySelectorAll('form[data-passkey]')) {
    const say = (words) => { form.querySelector('[role=status]').textContent = words; };
    const send = async (address, body) => {
      const csrf = form.querySelector('[name=csrf]');
      const headers = { 'content-type': 'application/json', accept: 'application/json' };
      if (csrf) headers['x-csrf-token'] = csrf.value;
      const answer = await fetch(address, { method: 'POST', headers, body: JSON.stringify(body) });
      const found = await answer.json();
      if (!answer.ok) throw new Error(found.title);
      return found;
    };
    if (!browserSupportsWebAuthn()) { say('This browser has no passkeys. Please use one that has.'); continue; }
    form.querySelector('button').disabled = false;
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      say('Please follow what your browser asks.');
      try {
        const signs = form.dataset.passkey === 'sign' ? fieldsOf(form) : {};
        const optionsJSON = await send(form.action + '/challenge', signs);
        if (form.dataset.passkey === 'make') {
          const label = form.querySelector('[name=label]').value;
          await send(form.action, { label, response: await startRegistration({ optionsJSON }) });
        } else {
          await send(form.action, { ...signs, response: await startAuthentication({ optionsJSON }) });
        }
        form.reset();
        location.assign(form.dataset.then);
      } catch (error) {
        say(error && error.name === 'Error' ? error.message : 'That did not work. Please try again.');
      }
    });
  }
})();
`;

let script: string | undefined;

export function showPasskeyScript(c: Context): Response {
  script ??= `${readFileSync(libraryPath(), 'utf8')}\n${ownScript}`;
  c.header('cache-control', `public, max-age=${ageSeconds}`);
  return c.body(script, 200, { 'content-type': 'text/javascript; charset=utf-8' });
}

function libraryPath(): string {
  const entry = createRequire(import.meta.url).resolve('@simplewebauthn/browser');
  return join(dirname(entry), '..', 'dist', 'bundle', 'index.umd.min.js');
}
