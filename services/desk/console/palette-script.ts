/**
 * Ctrl-K: every page and every act of the page that is open, found by a few letters. A combobox with a listbox, as
 * screen readers know it: the focus stays in the field, `aria-activedescendant` says which one is meant. Text of one
 * small script; without it everything here is a link or a button on the page itself.
 */
export const paletteScript = `
(() => {
  const dialog = document.getElementById('palette');
  if (!dialog?.showModal) return;
  const field = dialog.querySelector('input');
  const list = dialog.querySelector('[role=listbox]');
  const status = dialog.querySelector('[role=status]');
  const words = (el) => (el?.textContent ?? '').replace(/\\s+/g, ' ').trim();
  const shown = (el) => el.closest('[hidden]') === null && !dialog.contains(el);
  const openAround = (el) => { for (let up = el.parentElement; up; up = up.parentElement) if (up.tagName === 'DETAILS') up.open = true; };
  const actsHere = () => {
    const acts = [];
    const add = (text, key, run) => { if (text && !acts.some((one) => one.text === text)) acts.push({ text, key, run }); };
    for (const el of document.querySelectorAll('[data-key]')) {
      if (!shown(el)) continue;
      const label = el.labels?.[0] ? words(el.labels[0]) : words(el);
      const press = () => {
        openAround(el);
        if (el.type === 'radio' || el.type === 'checkbox') { el.checked = true; el.dispatchEvent(new Event('change', { bubbles: true })); }
        el.focus();
        el.scrollIntoView({ block: 'nearest' });
        if (el.type === 'submit' || el.tagName === 'A') el.click();
      };
      add(label, el.dataset.key.split(' ')[0], press);
    }
    for (const el of document.querySelectorAll('#insert option[value*="@"]'))
      add('Put in reasons: ' + words(el), '', () => { el.parentElement.value = el.value; document.getElementById('put-in').click(); });
    for (const el of document.querySelectorAll('main button[type=submit]')) if (shown(el) && !el.closest('.filters, [action="/sign-out"]')) add(words(el), '', () => { openAround(el); el.focus(); el.click(); });
    for (const el of document.querySelectorAll('header nav a')) add('Go to: ' + words(el), '', () => el.click());
    add('Go to: Next case', '', () => location.assign('/next'));
    for (const el of document.querySelectorAll('.counts a')) add('Queue: ' + words(el), '', () => el.click());
    for (const el of document.querySelectorAll('main a[data-stop]')) if (shown(el)) add('Open: ' + words(el.parentElement).slice(0, 90), '', () => el.click());
    for (const el of document.querySelectorAll('main h2[id]')) if (shown(el)) add('On this page: ' + words(el), '', () => { el.tabIndex = -1; el.focus(); el.scrollIntoView(); });
    for (const el of document.querySelectorAll('form[action="/sign-out"] button')) add(words(el), '', () => el.click());
    return acts;
  };
  // Every letter in its order; letters that follow each other, or begin a word, are worth more.
  const score = (text, asked) => {
    const low = text.toLowerCase();
    let at = -1, sum = 0;
    for (const letter of asked) {
      const next = low.indexOf(letter, at + 1);
      if (next < 0) return -1;
      sum += next === at + 1 ? 3 : /[^a-z0-9]/.test(low[next - 1] ?? ' ') ? 2 : 0;
      at = next;
    }
    return sum - low.length / 200;
  };
  let acts = [], found = [], chosen = 0, before = null;
  const mark = () => {
    [...list.children].forEach((el, index) => el.setAttribute('aria-selected', String(index === chosen)));
    const el = list.children[chosen];
    if (el) { field.setAttribute('aria-activedescendant', el.id); el.scrollIntoView({ block: 'nearest' }); }
    else field.removeAttribute('aria-activedescendant');
  };
  const search = () => {
    const asked = field.value.toLowerCase().replace(/\\s+/g, '');
    found = acts.map((act) => ({ act, worth: score(act.text, asked) })).filter((one) => one.worth >= 0 || asked === '');
    if (asked !== '') found.sort((a, b) => b.worth - a.worth);
    found = found.slice(0, 40);
    chosen = 0;
    list.replaceChildren(...found.map(({ act }, index) => {
      const el = document.createElement('div');
      el.id = 'palette-' + index;
      el.setAttribute('role', 'option');
      el.textContent = act.text;
      if (act.key) { const key = document.createElement('kbd'); key.textContent = act.key; el.append(' ', key); }
      el.addEventListener('click', () => { chosen = index; run(); });
      return el;
    }));
    field.setAttribute('aria-expanded', String(found.length > 0));
    status.textContent = found.length === 0 ? 'Nothing like that here.' : found.length + ' found';
    mark();
  };
  const show = () => {
    if (dialog.open) return;
    before = document.activeElement;
    acts = actsHere();
    field.value = '';
    dialog.showModal();
    search();
    field.focus();
  };
  const run = () => {
    const act = found[chosen]?.act;
    dialog.close();
    act?.run();
  };
  dialog.addEventListener('close', () => { list.replaceChildren(); if (document.activeElement === document.body) before?.focus?.(); });
  field.addEventListener('input', search);
  field.addEventListener('keydown', (event) => {
    const last = found.length - 1;
    const moves = { ArrowDown: Math.min(last, chosen + 1), ArrowUp: Math.max(0, chosen - 1), PageDown: Math.min(last, chosen + 8), PageUp: Math.max(0, chosen - 8) };
    if (event.key in moves) { event.preventDefault(); chosen = Math.max(0, moves[event.key]); mark(); }
    if (event.key === 'Enter') { event.preventDefault(); run(); }
  });
  document.addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k') { event.preventDefault(); show(); }
  });
  for (const el of document.querySelectorAll('[data-palette]')) { el.hidden = false; el.addEventListener('click', show); }
})();
`.trim();
