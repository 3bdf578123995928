/**
 * Takes parts of the page from the server's stream and puts each in its place, keeps what the visitor has
 * opened open, and marks rows that were not there before.
 */
const freshMs = 8_000;

interface Part {
  id: string;
  html: string;
}

export function keepLive(say: (text: string) => void): void {
  const stream = new EventSource('/live');
  stream.addEventListener('part', ({ data }) => place(JSON.parse(data) as Part));
  stream.addEventListener('say', ({ data }) => say((JSON.parse(data) as { text: string }).text));
  addEventListener('pagehide', () => stream.close());
}

function place({ id, html }: Part): void {
  const old = document.getElementById(id);
  if (!old) return;
  const next = document.createElement('div');
  next.innerHTML = html;
  if (next.innerHTML === old.innerHTML) return;
  const focused = old.contains(document.activeElement) ? document.activeElement?.id : undefined;
  if (id.startsWith('told-')) placeStep(old, next);
  else if (id.startsWith('holds-')) placeCard(old, next);
  else if (id === 'flip-state') placeFlip(next);
  old.replaceChildren(...next.childNodes);
  if (focused) document.getElementById(focused)?.focus();
}

function placeStep(old: HTMLElement, next: HTMLElement): void {
  const { status, label, may } = (next.firstElementChild as HTMLElement | null)?.dataset ?? {};
  const step = old.closest<HTMLElement>('.step');
  const button = step?.querySelector('button');
  if (!step || !button || !status) return;
  step.dataset.status = status;
  button.textContent = label ?? '';
  if (may === 'yes') button.removeAttribute('aria-disabled');
  else button.setAttribute('aria-disabled', 'true');
  if (status === 'done') step.querySelector('.hint')?.remove();
}

function placeFlip(next: HTMLElement): void {
  const flipped = next.querySelector('[data-flipped="yes"]') !== null;
  const form = document.getElementById('flip')?.closest('form');
  const to = form?.querySelector<HTMLInputElement>('input[name=to]');
  const button = document.getElementById('flip');
  if (to) to.value = flipped ? 'sound' : 'altered';
  if (button) button.textContent = flipped ? 'Put the byte back' : 'Flip a byte of the log';
}

function placeCard(old: HTMLElement, next: HTMLElement): void {
  const keyOf = (element: Element) => (element as HTMLElement).dataset.key ?? '';
  const open = new Set([...old.querySelectorAll('details[open]')].map(keyOf));
  const clockwork = (element: Element) => element.closest('[data-clockwork]') !== null;
  const counts = new Map(
    [...old.querySelectorAll<HTMLElement>('details')].map((d) => [keyOf(d), d.dataset.count]),
  );
  const seen = new Set([...old.querySelectorAll<HTMLElement>('[data-row]')].map((row) => row.dataset.row));
  for (const details of next.querySelectorAll('details')) {
    details.open = open.has(keyOf(details));
    if (counts.get(keyOf(details)) !== details.dataset.count && !clockwork(details))
      details.querySelector('.summed')?.classList.add('fresh');
  }
  for (const row of next.querySelectorAll<HTMLElement>('[data-row]'))
    if (!seen.has(row.dataset.row) && !clockwork(row)) row.classList.add('fresh');
  if (next.querySelector('.fresh')) markChanged(old);
}

/** Cards that changed lately, with the timer that forgets them. */
const changed = new Map<HTMLElement, number>();

/** Says on the card, above all cards and on the jump link that something is new here, for some seconds. */
function markChanged(body: HTMLElement): void {
  const card = body.closest<HTMLElement>('.party');
  if (!card) return;
  card.classList.add('changed');
  clearTimeout(changed.get(card));
  changed.set(
    card,
    window.setTimeout(() => {
      changed.delete(card);
      card.classList.remove('changed');
      for (const fresh of card.querySelectorAll('.fresh')) fresh.classList.remove('fresh');
      listChanged();
    }, freshMs),
  );
  listChanged();
}

function listChanged(): void {
  const cards = [...changed.keys()];
  const above = document.getElementById('changed');
  const jump = document.getElementById('jump-text');
  if (above) above.replaceChildren(...(cards.length > 0 ? ['Just changed: ', ...cards.flatMap(linkTo)] : []));
  if (jump)
    jump.textContent = cards.length > 0 ? `What they hold: ${cards.length} changed` : 'What they hold';
}

function linkTo(card: HTMLElement, at: number): (string | HTMLElement)[] {
  const link = document.createElement('a');
  link.href = `#${card.id}`;
  link.textContent = card.querySelector('h3')?.textContent ?? '';
  return at === 0 ? [link] : [', ', link];
}
