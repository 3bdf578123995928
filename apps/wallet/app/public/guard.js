// The guard (service worker): answers for this origin from the release of the wallet that is kept on this device,
// and for nothing else from the network. It decides nothing. Which release is kept is decided by the running
// release (code/take-release.ts), which verifies the next one against the public log, and is written down in
// the record that is read here. spec/wallet-release.md says what this protects from and what not.
// These bytes are meant to stay as they are for good: browsers replace a guard whose bytes have changed without
// asking anybody, so that any change of them is an alarm (code/register-code.ts).
// Must never: answer a navigation from the network once a release is kept, or answer with a file whose hash is
// not the one in the record.

const shelfName = 'wallet-code';
const recordPath = '/kept/record';
const startPath = '/index.html';
/** What the running release asks the host itself, and what there is of it when the host does not answer. */
const lastAnswers = ['/policy.json', '/settings.json'];
const manifestPath = '/release.json';

addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  // Calls to other parties are not ours; the content security policy says which there may be.
  if (origin === location.origin) event.respondWith(answer(request, pathname, search));
});

async function answer(request, pathname, search) {
  const shelf = await caches.open(shelfName);
  const kept = await shelf.match(recordPath);
  if (!kept) return fetch(request);
  const record = await kept.json();
  if (request.mode === 'navigate') return file(shelf, record, pathname === '/' ? startPath : pathname);
  if (lastAnswers.includes(pathname)) return orLast(shelf, request, pathname);
  // Only the running release asks in this way: it is looking at what the host has now.
  if (pathname === manifestPath || search !== '') return fetch(request);
  return file(shelf, record, pathname);
}

async function orLast(shelf, request, pathname) {
  try {
    const response = await fetch(request);
    if (response.ok) await shelf.put(`/kept/last${pathname}`, response.clone());
    return response;
  } catch {
    return (await shelf.match(`/kept/last${pathname}`)) ?? Response.error();
  }
}

/** From the release that is kept; a page that began before it was taken still finds its own files. */
async function file(shelf, { releases, headers }, pathname) {
  for (const { release, files } of releases) {
    const known = Object.hasOwn(files, pathname) ? files[pathname] : undefined;
    if (!known) continue;
    const stored = await shelf.match(`/kept/${release}${pathname}`);
    const body = await stored?.arrayBuffer();
    if (!body || (await hash(body)) !== known.sha256) return damaged(headers);
    return new Response(body, { headers: { ...headers, 'content-type': known.type } });
  }
  return new Response('There is nothing at this address.', { status: 404, headers: plain(headers) });
}

const damaged = (headers) =>
  new Response(
    'The code of this wallet is damaged on this device, so it does not run. Your accounts are not lost. ' +
      'Use another device and your four words, or remove the data of this site in your browser and begin anew.',
    { status: 500, headers: plain(headers) },
  );

const plain = (headers) => ({ ...headers, 'content-type': 'text/plain; charset=utf-8' });

async function hash(body) {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', body));
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
