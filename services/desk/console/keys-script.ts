/**
 * Keys of the console, as Ozone and its kin have them. Text of one small script, run under the page's nonce;
 * everything it does can be done without it. Single keys can be switched off (WCAG 2.1.4), and never act
 * while somebody is typing.
 */
export const keysScript = `
(() => {
  const find = (key) => document.querySelector('[data-key~="' + key + '"]');
  const off = () => { try { return localStorage.getItem('desk-keys') === 'off'; } catch { return false; } };
  const toggle = document.querySelector('[data-keys-toggle]');
  const say = () => { if (toggle) toggle.textContent = off() ? 'Switch keys on' : 'Switch keys off'; };
  if (toggle) {
    toggle.hidden = false;
    toggle.addEventListener('click', () => {
      try { localStorage.setItem('desk-keys', off() ? 'on' : 'off'); } catch {}
      say();
    });
    say();
  }
  const typing = (el) => el && (el.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(el.tagName)) && !/^(radio|checkbox)$/.test(el.type);
  const move = (by) => {
    const stops = [...document.querySelectorAll('[data-stop]')];
    if (stops.length === 0) return false;
    const at = stops.indexOf(document.activeElement);
    const next = stops[Math.min(stops.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
    next.focus();
    next.scrollIntoView({ block: 'nearest' });
    return true;
  };
  document.addEventListener('keydown', (event) => {
    if (off() || document.querySelector('dialog[open]') || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const radio = event.target instanceof HTMLInputElement && event.target.type === 'radio';
    if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && !radio) {
      if (move(event.key === 'ArrowDown' ? 1 : -1)) event.preventDefault();
      return;
    }
    if (event.key === '?') {
      const help = document.getElementById('keys');
      if (help) { event.preventDefault(); help.open = true; help.querySelector('summary').focus(); help.scrollIntoView(); }
      return;
    }
    if (event.key.length !== 1) return;
    const target = find(event.key.toLowerCase());
    if (!target) return;
    event.preventDefault();
    for (let up = target.parentElement; up; up = up.parentElement) if (up.tagName === 'DETAILS') up.open = true;
    if (target instanceof HTMLInputElement && (target.type === 'radio' || target.type === 'checkbox')) target.checked = true;
    target.focus();
    target.scrollIntoView({ block: 'nearest' });
    if (target instanceof HTMLButtonElement || target instanceof HTMLAnchorElement) target.click();
  });
})();
`.trim();
