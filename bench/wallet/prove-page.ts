/** A page with nothing on it: the same work on its own thread and in a worker, for the bench to call. */
import { type Task, timesOf } from './proving.ts';

declare global {
  interface Window {
    onPage(task: Task): number[];
    inWorker(task: Task): Promise<number[]>;
    /** milliseconds until the worker could have proved */
    workerReady: Promise<number>;
  }
}

const begun = performance.now();
const worker = new Worker(new URL('./prove-worker.ts', import.meta.url), { type: 'module' });
const said = <T>() =>
  new Promise<T>((resolve) =>
    worker.addEventListener('message', ({ data }) => resolve(data as T), { once: true }),
  );

window.onPage = timesOf;
window.workerReady = said().then(() => performance.now() - begun);
window.inWorker = async (task) => {
  await window.workerReady;
  const times = said<number[]>();
  worker.postMessage(task);
  return times;
};
