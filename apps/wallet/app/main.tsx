/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** Starts the worker, shows the app, and has the code of both guarded. */
import { render } from 'preact';
import { App } from './app.tsx';
import workerAddress from './boundary/worker.ts?worker&url';
import { registerCode } from './code/register-code.ts';
import { scriptAddress } from './code/script-address.ts';
import { borrowWorker, holdWorker } from './holder.ts';
import { speakAsKept } from './language.ts';
import { profileOf } from './profile.ts';
import { CodeAlarm } from './screens/code-alarm.tsx';
import { joinVisit } from './visit.ts';

const name = profileOf(location.search);
const start = () => new Worker(scriptAddress(workerAddress), { type: 'module', name });
const visiting = await joinVisit();
const holder = visiting ? borrowWorker() : holdWorker(start);
const root = document.getElementById('app');
let alarmed = false;
const show = () => root && !alarmed && render(<App holder={holder} />, root);
void speakAsKept().then(show);
void registerCode(visiting ? 'public' : 'own', alarm);

/** Nothing secret stays in memory, and nobody is asked for anything any more. */
function alarm(): void {
  alarmed = true;
  holder.drop();
  if (root) render(<CodeAlarm />, root);
}
