/**
 * The look of every page that a service renders itself: system fonts, one column, plain blocks; light and
 * dark after the reader's setting. Contrast is at least 4.5:1 for text in both; nothing below 16 px.
 * Must never: load anything from elsewhere.
 */
export const pageStyle = `
:root { color-scheme: light dark; --ink:#14171a; --soft:#4a5158; --paper:#ffffff; --panel:#f1f3f5; --line:#8a929a;
  --link:#1a5276; --go:#00694a; --go-ink:#ffffff; --stop:#a3200d; --stop-ink:#ffffff; --mark:#ffd24a; --mark-ink:#14171a;
  --band:#14304a; --band-ink:#ffffff; --good-back:#d8efe2; --good-ink:#0b4a30; --bad-back:#f9dcd6; --bad-ink:#7a1709; }
@media (prefers-color-scheme: dark) { :root { --ink:#eceff1; --soft:#b4bcc4; --paper:#15181b; --panel:#22272c; --line:#78828c;
  --link:#8ec5f0; --go:#5cd3a5; --go-ink:#0c1512; --stop:#ff9a88; --stop-ink:#1c0703; --band:#0d2136;
  --good-back:#12382a; --good-ink:#9fe3c4; --bad-back:#471710; --bad-ink:#ffc2b6; } }
*,*::before,*::after { box-sizing:border-box }
html { font:1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; background:var(--paper); color:var(--ink) }
body { margin:0; overflow-wrap:anywhere }
.band { background:var(--band); color:var(--band-ink) }
.band a { color:inherit }
.wide { max-width:60rem; margin:0 auto; padding:0 1rem }
.band .wide { display:flex; flex-wrap:wrap; gap:.25rem 1.5rem; align-items:baseline; padding-top:.75rem; padding-bottom:.75rem }
.band strong { font-size:1.125rem }
.band nav { display:flex; flex-wrap:wrap; gap:.25rem 1rem }
.band nav a, .menu > summary { display:inline-block; padding:.35rem 0; min-height:2.25rem } .band [aria-current] { font-weight:700; text-decoration-thickness:.2em }
.menu { position:relative } .menu > summary { cursor:pointer; list-style:none; text-decoration:underline; text-underline-offset:.15em } .menu > summary::-webkit-details-marker { display:none }
.menu > summary::after { content:" ▾" } .menu[open] > summary::after { content:" ▴" }
.menu > div { position:absolute; z-index:3; left:0; top:100%; min-width:15rem; max-width:80vw; display:flex; flex-direction:column; padding:.25rem 1rem; background:var(--band); border:1px solid var(--line); border-radius:0 0 .375rem .375rem }
.menu > div a { padding:.6rem 0; min-height:2.75rem }
.practice { background:var(--mark); color:var(--mark-ink) }
.practice p { margin:0 auto; padding-top:.35rem; padding-bottom:.35rem }
main { padding-top:1.5rem !important; padding-bottom:3rem !important }
h1 { font-size:clamp(1.5rem, 5vw, 2rem); line-height:1.2; margin:0 0 1rem }
h2 { font-size:1.375rem; line-height:1.25; margin:2rem 0 .75rem }
h3 { font-size:1.125rem; margin:1.25rem 0 .5rem }
p,ul,ol,dl { margin:0 0 1rem } li { margin-bottom:.25rem }
a { color:var(--link); text-underline-offset:.15em }
a:hover { text-decoration-thickness:.15em }
:focus-visible { outline:.1875rem solid var(--mark); outline-offset:0; box-shadow:0 0 0 .375rem var(--ink) }
.skip { position:absolute; left:-100rem } .skip:focus { position:static; display:block; padding:.5rem 1rem; background:var(--mark); color:var(--mark-ink) }
label,legend { font-weight:600 } .hint,.soft { color:var(--soft) } .hint { margin:0 0 .25rem }
.field { margin:0 0 1.25rem; border:0; padding:0; min-width:0 } .field label { display:block; margin-bottom:.25rem }
.choice { display:flex; gap:.75rem; align-items:flex-start; padding:.5rem 0 } .choice label { font-weight:400; margin:0 }
.choice input { width:1.5rem; height:1.5rem; margin:0; flex:none; accent-color:var(--link) }
input[type=text],input[type=search],input[type=password],input[type=number],input[type=date],input[type=datetime-local],input[type=email],input[type=url],input:not([type]),textarea,select
  { font:inherit; color:inherit; background:var(--paper); border:2px solid var(--line); border-radius:.25rem; padding:.5rem; width:100%; max-width:36rem }
.button { font:inherit; font-weight:600; display:inline-block; min-height:2.75rem; padding:.5rem 1.1rem; border:2px solid transparent; border-radius:.25rem;
  background:var(--go); color:var(--go-ink); text-decoration:none; cursor:pointer }
.button.plain { background:var(--panel); color:var(--ink); border-color:var(--line) } .button.stop { background:var(--stop); color:var(--stop-ink) }
.button:hover { filter:brightness(.92) } .button[disabled] { opacity:.6; cursor:not-allowed }
.row { display:flex; flex-wrap:wrap; gap:.75rem; align-items:center; margin:0 0 1rem }
.scroll { overflow-x:auto; margin:0 0 1.25rem } table { border-collapse:collapse; width:100% } caption { text-align:left; font-weight:600; padding:.25rem 0 }
th,td { overflow-wrap:break-word; text-align:left; vertical-align:top; padding:.5rem .75rem .5rem 0; border-bottom:1px solid var(--line) }
.notice { border-left:.375rem solid var(--line); background:var(--panel); padding:.75rem 1rem; margin:0 0 1.25rem } .notice > :last-child { margin-bottom:0 }
.notice.good { border-color:var(--go) } .notice.bad { border-color:var(--stop) } .notice h2 { margin:0 0 .25rem; font-size:1.125rem }
.tag { display:inline-block; border:1px solid var(--line); font-size:1rem; font-weight:600; padding:0 .5rem; border-radius:.25rem; background:var(--panel); color:var(--ink) }
.tag.good { background:var(--good-back); color:var(--good-ink) } .tag.bad { background:var(--bad-back); color:var(--bad-ink) } .tag.mark { background:var(--mark); color:var(--mark-ink) }
.card { border:1px solid var(--line); border-radius:.375rem; padding:1rem; margin:0 0 1rem } .card > :first-child { margin-top:0 } .card > :last-child { margin-bottom:0 }
.cards { display:grid; gap:1rem; grid-template-columns:repeat(auto-fill, minmax(min(100%, 17rem), 1fr)); margin:0 0 1.5rem; padding:0; list-style:none } .cards .card { margin:0 }
dl.facts { display:grid; grid-template-columns:max-content 1fr; gap:.25rem 1rem } dl.facts dt { font-weight:600 } dl.facts dd { margin:0; min-width:0 }
@media (max-width:30rem) { dl.facts { grid-template-columns:1fr } dl.facts dd { margin-bottom:.5rem } }
code,pre { font:1rem/1.4 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace } code { overflow-wrap:anywhere } form + p { margin-top:1rem } pre { overflow-x:auto; background:var(--panel); padding:.75rem 1rem }
footer { border-top:1px solid var(--line); color:var(--soft); padding:1rem 0 }
@media (prefers-reduced-motion: no-preference) { .button { transition:filter .1s } }
`.trim();
