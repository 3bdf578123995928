/** The work of the thread: a batch comes, what is said of each goes back; one batch at a time. */
import { parentPort } from 'node:worker_threads';
import { type Asked, outcomesOf } from './outcomes.ts';

const port = parentPort;
if (!port) throw new Error('bug: this runs in a thread');
port.on('message', (batch: Asked[]) => port.postMessage(outcomesOf(batch)));
port.postMessage('ready');
