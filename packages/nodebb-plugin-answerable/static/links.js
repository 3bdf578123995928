/** In the browser: the address in a refusal becomes a link. Only addresses of this forum, and only as text. */
'use strict';

require(['hooks'], (hooks) => {
  const address = new RegExp(`${window.location.origin}[^\\s<>"]*/answerable[^\\s<>"]*`);

  hooks.on('action:alert.new', ({ alert }) => {
    const place = alert.find('[component="toast/message"]')[0];
    const found = place?.textContent.match(address);
    if (!found) return;
    const link = document.createElement('a');
    link.href = found[0];
    link.textContent = 'What you can do';
    link.className = 'alert-link';
    place.textContent = place.textContent.slice(0, found.index).replace(/What you can do:\s*$/, '');
    place.append(link);
  });
});
