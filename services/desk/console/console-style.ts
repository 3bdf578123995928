/** What the desk's pages add to the look of every page. Works at 320 px, in the dark, and without scripts. */
export const consoleStyle = `
main.wide, .band .wide, .practice .wide { max-width:84rem }
.two { display:grid; gap:1.5rem; grid-template-columns:minmax(0,1fr) }
@media (min-width:62rem) { .two { grid-template-columns:minmax(0,3fr) minmax(0,2fr) } }
.two section { margin:0 0 2rem } .two section > h2 { margin-top:0 }
.words { white-space:pre-wrap; max-height:24rem; overflow:auto; margin:0 }
.item { border:1px solid var(--line); border-radius:.375rem; padding:.75rem 1rem; margin:0 0 .75rem }
.item > :first-child { margin-top:0 } .item p { margin:0 0 .35rem; overflow-wrap:anywhere } .item .words { margin:.35rem 0 0 }
.veil { margin:0 0 .75rem }
.veil > summary { cursor:pointer; font-weight:600; min-height:2.75rem; padding:.6rem 1rem; border-radius:.25rem;
  background:repeating-linear-gradient(45deg, var(--panel), var(--panel) .5rem, transparent .5rem, transparent 1rem) var(--panel); border:1px solid var(--line) }
.big { font-size:1.25rem; font-weight:700; margin:0 0 .25rem }
.counts { display:grid; gap:.5rem; padding:0; list-style:none; grid-template-columns:repeat(auto-fill, minmax(8.5rem, 1fr)) } .counts li { margin:0; display:flex }
.counts a { flex:1; min-height:2.75rem; padding:.5rem .75rem; border:1px solid var(--line); border-radius:.25rem; background:var(--panel); color:var(--ink); text-decoration:none; line-height:1.3 }
.counts strong { display:block; font-size:1.375rem } .counts small { display:block; font-size:1rem; color:var(--soft) } .counts small.late { color:var(--stop) }
.counts .empty { background:none; color:var(--soft) } .counts a:hover { text-decoration:underline }
.counts a[aria-current] { border:3px solid var(--ink); font-weight:700 }
textarea.code { font-family:ui-monospace, Menlo, Consolas, monospace; max-width:100% }
pre.letter { white-space:pre-wrap; overflow-x:visible }
.filters { display:grid; gap:0 1rem; align-items:end; grid-template-columns:repeat(auto-fit, minmax(min(100%, 12rem), 1fr)); max-width:60rem } .filters .button { margin-bottom:1.25rem }
.case.ticked { grid-template-columns:2.75rem minmax(0,1fr) } .ticked > input { width:1.75rem; height:1.75rem; margin:.5rem 0; accent-color:var(--link); grid-row:1 / span 2 } .ticked > span { grid-row:1 / span 2 }
@media (min-width:48rem) { .case.ticked { grid-template-columns:2.75rem minmax(0,3fr) minmax(0,2fr) } .ticked > input, .ticked > span { grid-row:1 } }
@supports selector(:has(*)) { .choosing:not(:has([name=cases]:checked)) .several { display:none } }
.find { font:inherit; color:inherit; background:none; border:1px solid currentColor; border-radius:.25rem; min-height:2.75rem; padding:.25rem .75rem; cursor:pointer } .find kbd { background:none; color:inherit; border:0 }
#palette { width:min(40rem, 94vw); max-height:85vh; border:2px solid var(--line); border-radius:.5rem; padding:1rem; background:var(--paper); color:var(--ink); margin-top:6vh } #palette::backdrop { background:rgb(0 0 0 / .5) }
#palette h2 { margin:0 0 .5rem; font-size:1.125rem } #palette [role=listbox] { list-style:none; margin:0 0 1rem; padding:0; max-height:50vh; overflow:auto } #palette [role=option] { min-height:2.75rem; padding:.6rem .75rem; margin:0; cursor:pointer; border-radius:.25rem }
#palette [aria-selected=true] { background:var(--ink); color:var(--paper) } #palette [aria-selected=true] kbd { color:inherit; background:none } #palette p { margin:.25rem 0 }
.several { position:sticky; bottom:0; padding:.75rem 0; background:var(--paper) }
.opening { display:block; color:var(--soft); overflow:hidden; text-overflow:ellipsis; white-space:nowrap } .case > div { min-width:0 }
.alarms { border:.25rem solid var(--stop); border-radius:.375rem; padding:.75rem 1rem 0; margin:0 0 1.25rem } .alarms h2 { margin:0 0 .5rem }
progress { width:100%; max-width:24rem; height:1.25rem; accent-color:var(--go) }
.history { list-style:none; padding:0; margin:0 } .history li { border-left:.25rem solid var(--line); padding:.15rem 0 .5rem .75rem; margin:0 }
.veil img { max-width:100%; height:auto; vertical-align:middle } .veil img.grey { filter:grayscale(1) }
fieldset.group { border:1px solid var(--line); border-radius:.375rem; padding:.75rem 1rem 1rem; margin:0 0 1.25rem; min-width:0 }
fieldset.group > legend { padding:0 .35rem; font-size:1.125rem }
input[type=date], select { min-height:2.75rem }
.choice input[type=checkbox] { width:1.5rem; height:1.5rem }
kbd { font:inherit; font-size:1rem; border:1px solid var(--line); border-radius:.25rem; padding:0 .35rem; background:var(--panel); color:var(--ink) }
details.more > summary { cursor:pointer; min-height:2.75rem; padding:.5rem 0; font-weight:600 }
@supports selector(:has(*)) {
  form.deciding .for-conduct, form.deciding .for-care, form.deciding .for-varied, form.deciding .for-illegal { display:none }
  form.deciding:has([name=limb][value=illegal]:checked) .for-illegal { display:block }
  form.deciding:has([name=step][value=none]:checked) .for-sanction { display:none }
  form.deciding:has([name=about][value=conduct]:checked) .for-conduct { display:block }
  form.deciding:has([name=about][value=first-person-distress]:checked) .for-care { display:block }
  form.deciding:has([name=outcome][value=varied]:checked) .for-varied { display:block }
}
.plain-list { list-style:none; padding:0; margin:0 }
.cases { list-style:none; padding:0; margin:0 0 1rem; border-top:1px solid var(--line) }
.case { border-bottom:1px solid var(--line); padding:.6rem 0; margin:0; display:grid; gap:.15rem 1rem; grid-template-columns:minmax(0,1fr) }
.case a[data-stop] { display:inline-block; min-height:2.75rem; padding:.6rem 0; margin:-.6rem 0; font-weight:600 }
.clocks { display:flex; flex-wrap:wrap; gap:.25rem .75rem; align-items:baseline }
@media (min-width:48rem) { .case { grid-template-columns:minmax(0,3fr) minmax(0,2fr) } .clocks { justify-content:flex-end } }
.element { border:0; padding:.5rem 0; margin:0 0 .5rem; min-width:0; display:flex; flex-wrap:wrap; gap:0 1.25rem } .element > legend { font-weight:400 }
.choice .hint { margin:0 } .letter { border-width:2px; max-width:42rem } .letter .words { max-height:none }
.thumb { display:none }
@media (max-width:40rem) {
  .find kbd { display:none } .find { min-height:2.25rem; padding:.1rem .6rem } .band .wide { gap:.1rem 1rem; padding-top:.5rem; padding-bottom:.5rem }
  .band strong { flex-basis:100% } main { padding-top:1rem !important }
  .counts li:has(.empty) { display:none }
  main { padding-bottom:6rem !important }
  .several { bottom:4.25rem }
  .thumb { display:flex; gap:.5rem; position:fixed; inset:auto 0 0 0; z-index:2; margin:0; padding:.5rem 1rem calc(.5rem + env(safe-area-inset-bottom));
    background:var(--paper); border-top:1px solid var(--line) }
  .thumb > * { flex:1; text-align:center } .thumb .button { width:100%; padding:.5rem .4rem }
  :target, section { scroll-margin-bottom:6rem }
}
.alarm { border:.25rem solid var(--stop); border-radius:.375rem; background:var(--bad-back); color:var(--bad-ink); padding:.75rem 1rem; margin:0 0 1.25rem }
.alarm p { margin:0 0 .35rem } .alarm a { color:inherit; font-weight:700; display:inline-block; min-height:2.75rem; padding:.5rem 0 } .alarm h2 { margin:0 0 .25rem; color:inherit } .alarm .soft { color:inherit }
.alarm .number { font-size:2.5rem; font-weight:700; line-height:1.2 }
.late { color:var(--stop); font-weight:700 }
`.trim();
