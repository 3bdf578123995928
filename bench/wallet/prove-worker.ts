/** The worker's half of prove-page.ts. */
import { type Task, timesOf } from './proving.ts';

self.addEventListener('message', ({ data }: MessageEvent<Task>) => self.postMessage(timesOf(data)));
self.postMessage('ready');
