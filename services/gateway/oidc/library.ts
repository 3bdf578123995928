/**
 * The only door to oidc-provider. While it is loaded it says on the console, in each process, that it was tried
 * on newer versions of Node only; that one sentence is taken from it and goes into the gateway's journal, as
 * `isRuntimeOlder`. Whatever else it or anybody has to say is said as ever.
 */

const sentence = 'oidc-provider WARNING: Unsupported runtime';

const { warn } = console;
let isOlder = false;
console.warn = (...words: unknown[]) => {
  if (String(words[0]).includes(sentence)) isOlder = true;
  else warn(...words);
};
const library = await import('oidc-provider').finally(() => {
  console.warn = warn;
});

/** Whether the library would rather run on a newer Node. */
export const isRuntimeOlder: boolean = isOlder;
export const { Provider, errors } = library;
