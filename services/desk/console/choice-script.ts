/**
 * Only the elements of the chosen offence are open. Text of one small script, run under the page's nonce; without
 * it every offence can be opened by hand.
 */
export const choiceScript = `
(() => {
  const select = document.querySelector('form.deciding select[name=offence]');
  if (!select) return;
  const parts = [...document.querySelectorAll('form.deciding [data-offence]')];
  const show = () => {
    for (const part of parts) {
      part.hidden = part.dataset.offence !== select.value;
      part.open = !part.hidden;
    }
  };
  select.addEventListener('change', show);
  show();
})();
`.trim();
