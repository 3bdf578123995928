/**
 * The curve library brings its WebAssembly as base64 inside its script. In the built wallet the same bytes are a
 * file of their own: a third smaller on the way, and nothing has to be decoded. The library is left as it is; one
 * statement of it is replaced as it is bundled.
 * Assumes: mcl-wasm 2.4.1. Must never: go on if that statement is not exactly the one known here.
 */
import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

const library = '/mcl-wasm/dist/mcl_c.js';
const inside =
  /const wasmBase64 = '([A-Za-z0-9+/=]+)';\s*const wasmBytes = Uint8Array\.from\(atob\(wasmBase64\), function \(c\) \{ return c\.charCodeAt\(0\); \}\);/;
const started = 'return WebAssembly.instantiate(wasmBytes, imports).then(';
const hashChars = 8;

export const curveAsFile = (): Plugin => ({
  name: 'curve-as-file',
  transform(code, id) {
    if (!id.split('?')[0]!.replaceAll('\\', '/').endsWith(library)) return undefined;
    const [statement, base64] = code.match(inside) ?? [];
    if (!statement || !base64 || !code.includes(started))
      throw new Error('The curve library is not the one that the build of the wallet knows.');
    const source = Buffer.from(base64, 'base64');
    const hash = createHash('sha256').update(source).digest('hex').slice(0, hashChars);
    const fileName = `assets/curve-${hash}.wasm`;
    this.emitFile({ type: 'asset', fileName, source });
    const fetched = `fetch('/${fileName}').then(function (file) { return file.arrayBuffer(); })`;
    const after = `return ${fetched}.then(function (wasmBytes) { return WebAssembly.instantiate(wasmBytes, imports); }).then(`;
    return { code: code.replace(statement, '').replace(started, after), map: null };
  },
});
