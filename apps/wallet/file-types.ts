/** The media type of each kind of file that a release may have; the host and the guard say the same. */
const types: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json',
  svg: 'image/svg+xml',
  png: 'image/png',
  wasm: 'application/wasm',
  webmanifest: 'application/manifest+json',
};

export const typeOf = (path: string): string =>
  types[path.split('.').pop() ?? ''] ?? 'application/octet-stream';
