/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** Starts the worker and shows the app. */
import { render } from 'preact';
import { App } from './app.tsx';
import { connect } from './boundary/rpc.ts';
import { profileOf } from './profile.ts';

const worker = new Worker(new URL('./boundary/worker.ts', import.meta.url), {
  type: 'module',
  name: profileOf(location.search),
});
const root = document.getElementById('app');
if (root) render(<App call={connect(worker)} />, root);
