/**
 * The look of the tour, over kit's: paper on the left, a quiet panel on the right, one colour a world.
 * Motion only for who has not asked for less. Raw rows are 15 px, everything else 16 px and more.
 */
export const tourStyle = `
:root { --paper:#fcfbf8; --panel:#f0eee8; --card:#ffffff; --ink:#1b1f24; --soft:#515861; --line:#c9c5bb; --hair:#e2ded4;
  --link:#17557f; --go:#0b6650; --band:#122b3a; --ours:#0b6650; --ban:#a3300d; --fresh:#fff3c4; --fresh-ink:#1b1f24 }
@media (prefers-color-scheme: dark) { :root { --paper:#14181b; --panel:#0f1315; --card:#1b2125; --ink:#e9ecee; --soft:#aab3ba; --line:#4b545b; --hair:#2b3338;
  --link:#8fc7ef; --go:#5ccfa6; --go-ink:#0a1713; --band:#0b1c27; --ours:#5ccfa6; --ban:#ff9a80; --fresh:#4a3d0c; --fresh-ink:#fff6d6 } }
html { scroll-padding-top:1rem }
.band .wide,.practice .wide { max-width:none; padding-left:clamp(1rem, 3vw, 2.5rem) }
.practice { background:var(--panel); color:var(--soft); border-bottom:1px solid var(--hair) }
main.wide { max-width:none; padding:0 !important; display:grid; grid-template-columns:minmax(0, 1fr) }
main > h1, .people { padding:0 clamp(1rem, 3vw, 2.5rem) }
main > h1 { font-size:clamp(1.75rem, 4.5vw, 2.75rem); letter-spacing:-.02em; margin:2rem 0 .75rem }
.people > *, main > h1 { max-width:46rem }
.intro { font-size:1.125rem; line-height:1.6 } .intro p { margin:0 0 .5rem } .intro p:nth-child(2) { font-weight:650 }
.lead { font-size:1.125rem; line-height:1.55 }
h2.smaller { font-size:1.125rem; color:var(--soft) }
.unseen { position:absolute; width:1px; height:1px; overflow:hidden; clip-path:inset(50%); white-space:nowrap; margin:0 }
.chapters ol { list-style:none; margin:1.25rem 0 1.75rem; padding:0; display:grid; grid-template-columns:repeat(auto-fit, minmax(7rem, 1fr)); gap:.5rem }
.chapters li { margin:0 } .chapters a { display:block; height:100%; padding:.5rem .6rem; border:1px solid var(--line); border-radius:.5rem; background:var(--card); color:var(--ink); text-decoration:none; line-height:1.3 }
.chapters a:hover { border-color:var(--ours) } .chapters a[aria-current] { border-color:var(--ours); box-shadow:inset 0 -.25rem 0 var(--ours); font-weight:650 }
.chapters small { display:block; font-size:1rem; font-weight:400; color:var(--soft) }
.step { border:1px solid var(--hair); border-radius:.75rem; background:var(--card); padding:1.25rem; margin:0 0 1rem }
.step h3 { margin:0 0 .25rem } .step .says { margin:0 0 1rem; color:var(--soft) } .step form { margin:0 }
.step[data-status=running] { border-color:var(--ours) } .told:not(:empty) > div:not(:empty) { margin-top:1rem }
.step .row:last-child,.told > div > :last-child { margin-bottom:0 }
.lines { padding-left:1.25rem; margin:0 0 1rem } ol.lines { list-style:none; padding-left:1rem; border-left:.1875rem solid var(--ours) } .ending { margin:0 0 .75rem }
.button { border-radius:.5rem } .button[aria-disabled=true] { background:var(--panel); color:var(--soft); border-color:var(--hair); cursor:default; filter:none }
.button.link { background:none; color:var(--link); border-color:transparent; font-weight:400; text-decoration:underline; padding:.5rem .25rem }
.verdict { display:grid; gap:.75rem; margin:0 0 1rem } .world { margin:0; padding:1rem 1.25rem; border-radius:.75rem; font-size:1.125rem; background:var(--panel) }
.world strong { display:block; font-size:clamp(1.5rem, 5vw, 2.25rem); line-height:1.15; letter-spacing:-.02em }
.world.ban { border-left:.375rem solid var(--ban) } .world.ban strong { color:var(--ban) }
.world.answerable { border-left:.375rem solid var(--ours) } .world.answerable strong { color:var(--ours) }
.figures { font-variant-numeric:tabular-nums } .learned caption { padding:.25rem 0 .25rem } .learned th { font-weight:600; width:28% } .learned td:last-child { padding-right:0 }
.switches { border:0; padding:0; margin:0 0 1.25rem; display:grid; gap:.5rem; grid-template-columns:repeat(auto-fit, minmax(min(100%, 8.5rem), 1fr)) } .switches legend { margin-bottom:.5rem }
.switch { font:inherit; text-align:left; display:flex; flex-direction:column; justify-content:flex-start; color:inherit; background:var(--card); border:2px solid var(--line); border-radius:.5rem; padding:.75rem; cursor:pointer }
.switch span { display:block; color:var(--soft) } .switch[aria-pressed=true] { border-color:var(--ours); background:var(--panel) } .switch[aria-pressed=true] strong::after { content:" ✓"; color:var(--ours) } .switches .hint { grid-column:1 / -1 }
.who { margin:0 0 1.25rem } .who summary { cursor:pointer; padding:.5rem 0 } .who .cards { margin:.5rem 0 }
.person { display:block; height:100%; padding:.75rem; border:1px solid var(--line); border-radius:.5rem; background:var(--card); color:var(--ink); text-decoration:none } .person:hover { border-color:var(--ours) }
.person strong { color:var(--link); text-decoration:underline } .person span { display:block; color:var(--soft) }
.doors { list-style:none; padding:0 } .doors li { display:flex; flex-wrap:wrap; gap:.5rem 1rem; justify-content:space-between; align-items:center; padding:.5rem 0; border-top:1px solid var(--hair); margin:0 }
.door-name { flex:1 1 12rem } .door-name .soft { display:block }
.scripted #stage:not(.open) { display:none } .stage-bar { justify-content:space-between; margin:0 } .stage-bar h3 { margin:0 }
#stage iframe { width:100%; height:min(40rem, 80vh); border:1px solid var(--line); border-radius:.75rem; background:#fff }
.verdict-log { margin-top:1rem; padding:1rem 1.25rem; border-radius:.75rem; background:var(--panel) } .verdict-log > :last-child { margin-bottom:0 } .verdict-log strong { font-size:1.375rem }
.verdict-log.good { background:var(--good-back); color:var(--good-ink) } .verdict-log.bad { background:var(--bad-back); color:var(--bad-ink) } .verdict-log:empty { display:none }
.onward { margin-top:2rem } footer { margin-top:2.5rem } footer code { overflow-wrap:anywhere }
.holdings { background:var(--panel); border-top:1px solid var(--hair); min-width:0 } .holdings-scroll { padding:0 clamp(1rem, 2vw, 1.75rem) 4rem } .holdings h2 { margin-top:1.75rem }
.party { background:var(--card); border:1px solid var(--hair); border-top:.25rem solid var(--ours); border-radius:.75rem; padding:1rem 1.125rem } .party.ban { border-top-color:var(--ban) }
.party h3 { margin:0 } .party .is { margin:0 } .party .never { color:var(--soft); margin:0 0 .75rem } .party h4 { margin:.75rem 0 .25rem; font-size:1rem } .names { margin:0 0 .5rem }
.party.changed h3::after { content:"just changed"; margin-left:.5rem; font-size:1rem; font-weight:400; padding:0 .5rem; border-radius:.25rem; background:var(--fresh); color:var(--fresh-ink) }
.holds { min-width:0 } .holds > :last-child,.role > :last-child { margin-bottom:0 } .holds p { margin-bottom:.5rem } .files { padding-left:1.25rem }
.holds details { border-top:1px solid var(--hair) } .holds summary { cursor:pointer; padding:.375rem 0; list-style:none } .holds summary::-webkit-details-marker { display:none } .summed { display:flex; gap:.75rem; justify-content:space-between } .summed::before { content:"▸"; color:var(--soft) } details[open] > summary .summed::before { content:"▾" }
.summed code { flex:1; font-weight:600 } .newest { display:-webkit-box; -webkit-box-orient:vertical; -webkit-line-clamp:3; overflow:hidden; margin-left:1.5rem; font:.9375rem/1.45 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace } .newest span { margin-right:.5rem } .newest i { font-style:normal; color:var(--soft) } details[open] .newest { display:none } .others > summary { color:var(--soft) } .others > summary::before { content:"▸ " } .others[open] > summary::before { content:"▾ " } .others details { margin-left:1rem } .count { color:var(--soft); font-variant-numeric:tabular-nums }
.raw { font:.9375rem/1.4 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace } .raw th { font-weight:600; color:var(--soft) } .raw th,.raw td { white-space:nowrap; padding:.25rem 1rem .25rem 0; border-color:var(--hair) } .raw td:last-child { white-space:normal; min-width:8rem }
.raw .public td { font-weight:650 } .fresh > td,.fresh.summed,.fresh.newest { background:var(--fresh); color:var(--fresh-ink) } .fresh .count,.fresh i,.fresh.summed::before { color:inherit }
.jump { position:fixed; left:0; right:0; bottom:0; display:flex; background:var(--band); z-index:1 } .jump a { flex:1; padding:.75rem .5rem; color:#fff; text-align:center } .jump a + a { border-left:1px solid #ffffff40 } .people { padding-bottom:4rem }
@media (min-width:64rem) { main.wide { grid-template-columns:minmax(0, 1.1fr) minmax(0, 1fr); grid-template-rows:auto 1fr } .jump { display:none }
  main > h1, .people { grid-column:1 } .holdings { grid-column:2; grid-row:1 / span 2; border-top:0; border-left:1px solid var(--hair) } .holdings-scroll { position:sticky; top:0; max-height:100vh; overflow-y:auto }
  main > h1, .people { justify-self:end; width:100%; max-width:calc(46rem + 5rem) } }
@media (prefers-reduced-motion: no-preference) { .raw td,.summed,.newest { transition:background-color .6s } }
`.trim();
