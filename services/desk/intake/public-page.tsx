/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * The frame of every page that anybody may see here, and the parts that the public forms share: help first, what
 * is still missing, choices with words, pictures. Works without scripts, on a small phone, and on paper.
 */
import { Notice, page } from '@answerable/kit/page.tsx';
import type { Context } from 'hono';
import type { Child, FC, PropsWithChildren } from 'hono/jsx';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { type Signpost, signpostsFor } from '../casework/signposts.ts';
import type { DeskConfig } from '../config.ts';
import { serviceTitle } from '../console/console-page.tsx';
import { picturesMax } from './read-submission.ts';
import type { Fault } from './report-form.ts';

/** Where anybody can go. */
export const publicNav = [
  { href: '/report', text: 'Report something' },
  { href: '/receipts', text: 'Your report' },
  { href: '/complain', text: 'Complain' },
];

const style = `
main, .band .wide, .practice .wide { max-width:44rem }
input[type=file], ::file-selector-button { font:inherit; max-width:100% } ::file-selector-button { min-height:2.75rem; padding:.35rem .9rem; margin-right:.75rem }
.help { border-color:var(--mark) } .help summary { min-height:2.75rem; padding:.5rem 0; cursor:pointer; font-weight:600 }
.help ul { margin:0 0 .5rem; padding-left:1.25rem }
fieldset.step { border:0; margin:0 0 1rem; padding:0; min-width:0 }
fieldset.step > legend { font-size:1.25rem; padding:.75rem 0 .25rem; width:100%; border-top:1px solid var(--line) }
textarea { min-height:3.25rem; resize:vertical }
.choice { padding:.6rem 0 } .choice label { flex:1 }
.wrong { border-left:.3125rem solid var(--stop); padding-left:.75rem } .fault { color:var(--stop); font-weight:600; margin:0 0 .25rem }
.code { font-size:clamp(1rem, 4.5vw, 1.375rem); user-select:all }
ol.way { list-style:none; margin:0 0 1.25rem; padding:0 } ol.way li { border-left:.375rem solid var(--line); padding:.25rem 0 .25rem .75rem; margin:0 0 .25rem }
ol.way li.done { border-color:var(--go) } ol.way li[aria-current] { border-color:var(--mark); font-weight:600 }
@supports selector(:has(*)) {
  form .for-hate, form .for-intimate { display:none }
  form:has([value=hate]:checked) .for-hate, form:has([value=intimate-image]:checked) .for-intimate { display:block }
}
@media print { .band nav, form, .practice, .skip { display:none } }
`;

interface PublicPage {
  title: string;
  heading?: string;
  status?: ContentfulStatusCode;
}

export function publicPage(c: Context, config: DeskConfig, options: PublicPage, content: Child) {
  const service = serviceTitle(config);
  return page(
    c,
    { ...options, service, practice: config.mode === 'practice', nav: publicNav, style },
    content,
  );
}

/** For whoever reads this and is not well themselves; before the form and after it. */
export const Help: FC<PropsWithChildren<{ config: DeskConfig; lead: string }>> = ({
  config,
  lead,
  children,
}) => {
  const { list } = signpostsFor(config.countries?.[0] ?? 'GB');
  const others = list.filter(({ beside }) => !beside);
  return (
    <section class="notice help" aria-labelledby="help">
      <h2 id="help">{lead}</h2>
      <Posts list={list.filter(({ beside }) => beside)} />
      {others.length > 0 ? (
        <details>
          <summary>Others who help</summary>
          <Posts list={others} />
        </details>
      ) : null}
      {children}
    </section>
  );
};

const Posts: FC<{ list: readonly Signpost[] }> = ({ list }) => (
  <ul>
    {list.map(({ name, how }) => (
      <li>
        <strong>{name}</strong>: {how}
      </li>
    ))}
  </ul>
);

/** What is still missing, each leading to its field. Read aloud when the page opens. */
export const Faults: FC<{ faults: readonly Fault[]; sends?: boolean }> = ({ faults, sends = true }) =>
  faults.length === 0 ? null : (
    <Notice tone="bad" title={sends ? 'Not sent yet. Please look again at:' : 'Please look again'} live>
      <ul>
        {faults.map(({ field, words }) => (
          <li>
            <a href={`#field-${field}`}>{words}</a>
          </li>
        ))}
      </ul>
      {sends ? <p>Everything that you wrote is still here.</p> : null}
    </Notice>
  );

interface Marked {
  name: string;
  faults: readonly Fault[];
}
const wordsOf = ({ name, faults }: Marked) => faults.find(({ field }) => field === name)?.words;

/** A field that says what is wrong with it. */
const Said: FC<PropsWithChildren<Marked>> = ({ name, faults, children }) => {
  const words = wordsOf({ name, faults });
  return (
    <div class={words ? 'field wrong' : 'field'}>
      {words ? (
        <p class="fault" id={`field-${name}-fault`}>
          {words}
        </p>
      ) : null}
      {children}
    </div>
  );
};

export const Words: FC<
  Marked & {
    label: string;
    hint?: string;
    rows?: number;
    value: string;
    maxlength: number;
    required?: boolean;
  }
> = ({ name, faults, label, hint, rows, value, maxlength, required }) => {
  const id = `field-${name}`;
  const described = [hint ? `${id}-hint` : '', wordsOf({ name, faults }) ? `${id}-fault` : '']
    .filter(Boolean)
    .join(' ');
  const more = { id, name, maxlength, required, ...(described ? { 'aria-describedby': described } : {}) };
  return (
    <Said name={name} faults={faults}>
      <label for={id}>{label}</label>
      {hint ? (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      {rows ? (
        <textarea rows={rows} {...more}>
          {value.slice(0, maxlength)}
        </textarea>
      ) : (
        <input type="text" value={value.slice(0, maxlength)} {...more} />
      )}
    </Said>
  );
};

/** One step of a form with its choices: radio buttons, or boxes if several may be chosen. */
export const Choice: FC<
  PropsWithChildren<
    Marked & {
      legend: string;
      hint?: string;
      several?: boolean;
      options: Record<string, string>;
      chosen: readonly string[];
      class?: string;
    }
  >
> = ({ name, faults, legend, hint, several, options, chosen, class: of, children }) => {
  const fault = wordsOf({ name, faults });
  const described = [hint ? `field-${name}-hint` : '', fault ? `field-${name}-fault` : '']
    .filter(Boolean)
    .join(' ');
  return (
    <fieldset class={`step ${of ?? ''}`} {...(described ? { 'aria-describedby': described } : {})}>
      <legend>{legend}</legend>
      {hint ? (
        <p class="hint" id={`field-${name}-hint`}>
          {hint}
        </p>
      ) : null}
      <Said name={name} faults={faults}>
        {Object.entries(options).map(([value, text], index) => (
          <Box
            name={name}
            value={value}
            text={text}
            checked={chosen.includes(value)}
            type={several ? 'checkbox' : 'radio'}
            id={index === 0 ? `field-${name}` : `field-${name}-${value}`}
          />
        ))}
      </Said>
      {children}
    </fieldset>
  );
};

export const Box: FC<{
  name: string;
  text: string;
  checked: boolean;
  value?: string;
  type?: 'checkbox' | 'radio';
  id?: string;
  required?: boolean;
}> = ({ name, text, checked, value = 'yes', type = 'checkbox', id = `field-${name}`, required }) => (
  <div class="choice">
    <input type={type} id={id} name={name} value={value} checked={checked} required={required} />
    <label for={id}>{text}</label>
  </div>
);

/** A box that must be ticked, with what is wrong if it is not. */
export const Agreed: FC<Marked & { text: string; checked: boolean }> = ({ name, faults, text, checked }) => (
  <Said name={name} faults={faults}>
    <Box name={name} text={text} checked={checked} required />
  </Said>
);

export const Pictures: FC<{ faults: readonly Fault[]; stills: boolean }> = ({ faults, stills }) => (
  <fieldset class="step">
    <legend>Pictures, if you have any</legend>
    <Said name="pictures" faults={faults}>
      <label for="field-pictures">Screenshots or photographs, up to {picturesMax}</label>
      <p class="hint" id="field-pictures-hint">
        JPEG, PNG, WebP or GIF, 8 MB each. Where and with what they were taken is removed. We keep no videos:
        a screenshot of the moment is enough. Never send a sexual picture of anybody under 18, also not of
        yourself: its address is enough.
      </p>
      <input
        type="file"
        id="field-pictures"
        name="pictures"
        multiple
        accept="image/jpeg,image/png,image/webp,image/gif"
        aria-describedby="field-pictures-hint"
      />
    </Said>
    <Box name="stills" text="They are moments of a video" checked={stills} />
  </fieldset>
);
