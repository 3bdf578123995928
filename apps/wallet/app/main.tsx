/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** Starts the worker, shows the app, and has the code of both guarded. */
import { render } from 'preact';
import { App } from './app.tsx';
import { connect } from './boundary/rpc.ts';
import workerAddress from './boundary/worker.ts?worker&url';
import { registerCode } from './code/register-code.ts';
import { scriptAddress } from './code/script-address.ts';
import { profileOf } from './profile.ts';
import { CodeAlarm } from './screens/code-alarm.tsx';

const worker = new Worker(scriptAddress(workerAddress), {
  type: 'module',
  name: profileOf(location.search),
});
const root = document.getElementById('app');
if (root) render(<App call={connect(worker)} />, root);
void registerCode('own', alarm);

/** Nothing secret stays in memory, and nobody is asked for anything any more. */
function alarm(): void {
  worker.terminate();
  if (root) render(<CodeAlarm />, root);
}
