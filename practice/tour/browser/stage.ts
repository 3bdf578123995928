/** The frame on the left half in which real screens open: shown when asked for, and put away again. */
export function openStage(): void {
  const stage = document.getElementById('stage');
  const title = document.getElementById('stage-title');
  const note = document.getElementById('stage-note');
  const frame = stage?.querySelector('iframe');
  if (!stage || !title || !note || !frame) return;
  let opener: HTMLElement | null = null;

  const show = (by: HTMLElement) => {
    opener = by.matches('form') ? by.querySelector('button') : by;
    title.textContent = by.dataset.stage ?? '';
    note.textContent = by.dataset.note ?? '';
    frame.title = by.dataset.stage ?? '';
    stage.classList.add('open');
    title.focus();
    stage.scrollIntoView({ block: 'start' });
  };

  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest<HTMLElement>('a[data-stage]');
    if (link && link.getAttribute('target') === 'stage') show(link);
  });
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    const window = (event.submitter as HTMLButtonElement | null)?.formTarget;
    if (form.dataset.stage && window !== '_blank') show(form);
  });
  document.getElementById('stage-close')?.addEventListener('click', () => {
    stage.classList.remove('open');
    frame.src = '/blank';
    opener?.focus();
  });
}
