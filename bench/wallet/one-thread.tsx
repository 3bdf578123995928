/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/**
 * The wallet with its worker's half on the page's own thread: Chromium can only slow that one. Everything else
 * is the wallet's own code. Slower than the real one, which works on two threads.
 */
import { App } from '@answerable/wallet/app/app.tsx';
import { answererFor } from '@answerable/wallet/app/boundary/handlers';
import { answerCalls, connect, type Port } from '@answerable/wallet/app/boundary/rpc';
import { profileOf } from '@answerable/wallet/app/profile';
import { render } from 'preact';

const { port1, port2 } = new MessageChannel();
const profile = profileOf(location.search);
answerCalls(port2 as Port, answererFor(profile));
port1.start();
port2.start();
const root = document.getElementById('app');
const never = () => {};
const holder = { call: connect(port1 as Port), lock: never, drop: never, onLock: never, lend: never };
if (root) render(<App holder={holder} />, root);
