/** Small parts of the page of an evidence file: text that is nothing but text, days as a person reads them, its look. */
const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const months = 'January February March April May June July August September October November December'.split(
  ' ',
);

export const text = (given: string): string => given.replace(/[&<>"']/g, (sign) => entities[sign]!);
export const words = (given: string): string => `<pre dir="auto">${text(given)}</pre>`;
export const list = (items: readonly string[]): string =>
  items.length === 0 ? '' : `<ul>${items.map((item) => `<li>${text(item)}</li>`).join('')}</ul>`;
export const section = (title: string, ...inside: string[]): string =>
  `<h2>${title}</h2>\n${inside.filter((one) => one !== '').join('\n')}\n`;
/** Names are ours; values are HTML already. */
export const facts = (pairs: readonly (readonly [string, string])[]): string =>
  `<dl>${pairs.map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`).join('')}</dl>`;

/** `2026-11-23…` as 23 November 2026. */
export function dayWords(day: string): string {
  const month = months[Number(day.slice(5, 7)) - 1];
  return month ? `${Number(day.slice(8, 10))} ${month} ${day.slice(0, 4)}` : day.slice(0, 10);
}
export const instantWords = (instant: string): string =>
  `${dayWords(instant)} at ${instant.slice(11, 16)} UTC`;

export const style =
  'body{font:1rem/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff;overflow-wrap:anywhere}' +
  'h1{font-size:1.75rem;line-height:1.2;margin:0 0 1rem}h2{font-size:1.25rem;margin:2rem 0 .5rem;break-after:avoid}h3{font-size:1rem;margin:1.5rem 0 .5rem;break-after:avoid}' +
  '.lead{font-size:1.125rem}.call{border:2px solid #111;border-radius:.375rem;padding:0 1rem;margin:1.5rem 0;break-inside:avoid}.call h2{margin-top:.75rem}' +
  'dl{margin:.5rem 0 1rem}dl div{display:flex;flex-wrap:wrap;gap:0 1rem;border-bottom:1px solid #ccc;padding:.25rem 0}dt{font-weight:600;flex:0 0 min(11rem,100%)}dd{margin:0;flex:1 1 min(14rem,100%);min-width:0}' +
  'pre{white-space:pre-wrap;font:inherit;border-left:4px solid #767676;padding-left:1rem;margin:.5rem 0}pre.code{font-family:ui-monospace,monospace}' +
  'img{max-width:100%;height:auto}.soft{color:#454545}article{border-top:1px solid #767676;margin-top:1rem}article>:last-child{margin-bottom:0}' +
  '@page{margin:2cm}@media print{body{margin:0;padding:0;max-width:none;font-size:11pt}article,li,dl div{break-inside:avoid}}';
