/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** The few parts that screens are made of. Each works by keyboard, at 320 px, and says its name aloud. */
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { Step } from '../boundary/actions.ts';
import { said } from '../text/text.ts';
import { announce } from './frame.tsx';

type Kind = 'plain' | 'stop' | 'link';
const buttonClass = (kind: Kind | undefined) => (kind ? `button ${kind}` : 'button');

/** A button that stays focusable while busy, so that the focus is not lost. */
export function Button(props: {
  children: ComponentChildren;
  onPress?: () => void;
  kind?: Kind;
  busy?: boolean;
  /** Read aloud instead of the text, where that alone does not say which. */
  label?: string;
  test?: string;
}) {
  return (
    <button
      type={props.onPress ? 'button' : 'submit'}
      class={buttonClass(props.kind)}
      aria-disabled={props.busy ? 'true' : undefined}
      aria-label={props.label}
      data-test={props.test}
      onClick={(event) => {
        if (props.busy) event.preventDefault();
        else props.onPress?.();
      }}
    >
      {props.children}
    </button>
  );
}

export function ButtonLink(props: { children: ComponentChildren; href: string; kind?: Kind; test?: string }) {
  return (
    <a class={buttonClass(props.kind)} href={props.href} data-test={props.test}>
      {props.children}
    </a>
  );
}

/** One that answers a press is brought into sight: on a phone the button may stand far below it. */
export function Notice(props: {
  children: ComponentChildren;
  title?: string;
  tone?: 'good' | 'bad';
  /** `alert` is read at once. */
  role?: 'alert' | 'status';
  test?: string;
}) {
  const own = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (props.role) own.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <div
      class={props.tone ? `notice ${props.tone}` : 'notice'}
      role={props.role}
      data-test={props.test}
      ref={own}
    >
      {props.title && <h2>{props.title}</h2>}
      {props.children}
    </div>
  );
}

/** One labelled input; `rows` makes it a text area. */
export function Field(props: {
  label: string;
  value: string;
  onValue: (value: string) => void;
  hint?: string | undefined;
  wrong?: string | undefined;
  rows?: number;
  maxLength?: number;
  onLeave?: (value: string) => void;
  after?: ComponentChildren;
  /** Hidden while it is typed. */
  secret?: boolean;
  test?: string;
}) {
  const id = useId();
  const described = [props.hint && `${id}-hint`, props.wrong && `${id}-wrong`].filter(Boolean).join(' ');
  const shared = {
    id,
    value: props.value,
    maxLength: props.maxLength,
    'aria-describedby': described || undefined,
    'aria-invalid': props.wrong ? ('true' as const) : undefined,
    autocomplete: 'off' as const,
    autocapitalize: 'none' as const,
    spellcheck: Boolean(props.rows),
    'data-test': props.test,
    onBlur: (event: { currentTarget: { value: string } }) => props.onLeave?.(event.currentTarget.value),
    onInput: (event: { currentTarget: { value: string } }) => props.onValue(event.currentTarget.value),
  };
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      {props.hint && (
        <p class="hint" id={`${id}-hint`}>
          {props.hint}
        </p>
      )}
      {props.wrong && (
        <p class="wrong" id={`${id}-wrong`}>
          {props.wrong}
        </p>
      )}
      {props.rows ? (
        <textarea rows={props.rows} {...shared} />
      ) : props.secret ? (
        <input type="password" {...shared} />
      ) : (
        <input type="text" {...shared} />
      )}
      {props.after}
    </div>
  );
}

/** A group of radio buttons. */
export function Choices<V extends string>(props: {
  legend: string;
  value: V;
  onValue: (value: V) => void;
  options: readonly { value: V; text: string; hint?: string }[];
  /** Of each option: the value is added. */
  test?: string;
}) {
  const id = useId();
  return (
    <fieldset class="field">
      <legend>{props.legend}</legend>
      {props.options.map(({ value, text, hint }) => (
        <div class="choice" key={value}>
          <input
            type="radio"
            id={`${id}-${value}`}
            name={id}
            value={value}
            checked={value === props.value}
            onChange={() => props.onValue(value)}
            aria-describedby={hint && `${id}-${value}-hint`}
            data-test={props.test && `${props.test}-${value}`}
          />
          <div>
            <label for={`${id}-${value}`}>{text}</label>
            {hint && (
              <p class="hint" id={`${id}-${value}-hint`}>
                {hint}
              </p>
            )}
          </div>
        </div>
      ))}
    </fieldset>
  );
}

export function Select<V extends string>(props: {
  label: string;
  value: V;
  onValue: (value: V) => void;
  options: readonly { value: V; text: string }[];
  test?: string;
}) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <select
        id={id}
        value={props.value}
        data-test={props.test}
        onChange={(event) => props.onValue(event.currentTarget.value as V)}
      >
        {props.options.map(({ value, text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Pairs of name and value. */
export function Facts({ facts }: { facts: readonly (readonly [string, ComponentChildren])[] }) {
  return (
    <dl class="facts">
      {facts.flatMap(([name, value]) => [<dt key={name}>{name}</dt>, <dd key={`${name}=`}>{value}</dd>])}
    </dl>
  );
}

/** Steps so far, the last one under way; each is announced when it begins. */
export function Steps({ steps, done }: { steps: readonly Step[]; done?: boolean }) {
  const last = steps.at(-1);
  const now = last ? said.steps[last] : said.steps.working;
  useEffect(() => announce(done ? said.steps.done : now), [now, done]);
  return (
    <ol class="steps" data-test="steps">
      {(steps.length > 0 ? steps : (['working'] as const)).map((step) => {
        const finished = done || step !== (last ?? 'working');
        return (
          <li key={step}>
            <span class={finished ? 'dot done' : 'dot'} aria-hidden="true">
              {finished ? '✓' : ''}
            </span>
            {said.steps[step]}
            {finished ? '' : '…'}
          </li>
        );
      })}
    </ol>
  );
}
