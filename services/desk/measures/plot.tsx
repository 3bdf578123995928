/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * One plot without a script: lines or bars drawn here, words beside them as text of the page, so that they are as
 * large on a phone as anywhere. Series differ by dash and mark as well as by colour; the same numbers stand below
 * as a table.
 */
import { Table } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import { type Plot, valueWords } from './plots.ts';

const width = 600;
const height = 200;

interface PlotProps {
  plot: Plot;
  /** what each value is of, oldest first */
  periods: readonly string[];
  /** where the same can be had as CSV */
  csv: string;
}

export const PlotPart: FC<PlotProps> = ({ plot, periods, csv }) => {
  const { title, about, unit, series } = plot;
  const most = topOf(plot);
  const empty = series.every(({ values }) => values.every((value) => value === null || value === 0));
  return (
    <div class="plot">
      <h3>{title}</h3>
      <p class="soft">{about}</p>
      {empty ? (
        <p>Nothing in this time.</p>
      ) : (
        <>
          <Legend plot={plot} />
          <div class="frame">
            <span class="top">{valueWords(most, unit)}</span>
            <span class="zero">{valueWords(0, unit)}</span>
            <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img">
              <title>{`${title}, from ${periods[0]} to ${periods.at(-1)}. The same numbers stand in the table below.`}</title>
              <path class="grid" d={`M0 0.5H${width}M0 ${height / 2}H${width}M0 ${height - 0.5}H${width}`} />
              {plot.form === 'bars' ? (
                <Bars plot={plot} most={most} />
              ) : (
                series.map(({ values }, n) => <Line values={values} most={most} n={n} />)
              )}
            </svg>
            <span class="first">{periods[0]}</span>
            <span class="last">{periods.at(-1)}</span>
          </div>
        </>
      )}
      <details class="more">
        <summary>The same as a table{empty ? '' : `: ${title}`}</summary>
        <Table
          caption={title}
          head={['Day', ...series.map(({ label }) => label)]}
          rows={periods
            .map((period, n) => [period, ...series.map(({ values }) => valueWords(values[n] ?? null, unit))])
            .reverse()}
        />
        <p>
          <a href={csv}>{title} as CSV</a>
        </p>
      </details>
    </div>
  );
};

const Legend: FC<{ plot: Plot }> = ({ plot: { series, form, unit } }) => (
  <ul class="legend">
    {series.map(({ label, values }, n) => (
      <li>
        <svg viewBox="0 0 40 12" aria-hidden="true" focusable="false">
          {form === 'bars' ? (
            <rect class="bar" x="0" y="1" width="40" height="10" />
          ) : (
            <>
              <path class={`line s${n}`} d="M2 6H38" />
              <path class={`mark s${n}`} d="M20 6h0" />
            </>
          )}
        </svg>
        {label}, last: {valueWords(values.findLast((value) => value !== null) ?? null, unit)}
      </li>
    ))}
  </ul>
);

const Bars: FC<{ plot: Plot; most: number }> = ({ plot, most }) => {
  const values = plot.series[0]?.values ?? [];
  const slot = width / Math.max(1, values.length);
  return (
    <path
      class="bar"
      d={values
        .map((value, n) => {
          const tall = ((value ?? 0) / most) * height;
          const [x, w] = [n * slot + slot * 0.1, slot * 0.8];
          return tall > 0 ? `M${round(x)} ${height}v${round(-tall)}h${round(w)}v${round(tall)}z` : '';
        })
        .join('')}
    />
  );
};

// A gap stays a gap: nothing is drawn between two values with none between them.
const Line: FC<{ values: readonly (number | null)[]; most: number; n: number }> = ({ values, most, n }) => {
  const at = (value: number, index: number) =>
    `${round(values.length < 2 ? width / 2 : (index / (values.length - 1)) * width)} ${round(height - (value / most) * height)}`;
  const drawn = values.map((value, index) => {
    if (value === null) return '';
    return `${index > 0 && values[index - 1] !== null ? 'L' : 'M'}${at(value, index)}`;
  });
  const marks = values.map((value, index) => (value === null ? '' : `M${at(value, index)}h0`));
  return (
    <>
      <path class={`line s${n}`} d={drawn.join('')} />
      <path class={`mark s${n}`} d={marks.join('')} />
    </>
  );
};

/** What stands at the top of the scale: the most there is, made round; a share goes to one. */
function topOf({ series, unit }: Plot): number {
  if (unit === 'share') return 1;
  const most = Math.max(1, ...series.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const size = 10 ** Math.floor(Math.log10(most));
  return Math.ceil(most / size) * size;
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** The look of plots: marks differ in shape of dash and in lightness, in colours that colour-blind people tell apart. */
export const plotStyle = `
:root { --s0:#0060a8; --s1:#c04a00; --s2:#00805c } 
@media (prefers-color-scheme: dark) { :root { --s0:#66b8f5; --s1:#f0a050; --s2:#55d6a8 } }
.plots { display:grid; gap:1.5rem 2rem; grid-template-columns:repeat(auto-fill, minmax(min(100%, 28rem), 1fr)); margin:0 0 1.5rem }
.plot { min-width:0 } .plot h3 { margin-top:0 } .plot p { margin:0 0 .5rem }
.legend { list-style:none; padding:0; margin:0 0 .5rem; display:flex; flex-wrap:wrap; gap:.25rem 1.25rem }
.legend svg { width:2.5rem; height:.75rem; margin-right:.5rem; vertical-align:middle }
.frame { display:grid; grid-template-columns:max-content minmax(0,1fr) max-content; grid-template-rows:max-content 1fr max-content max-content; gap:0 .5rem }
.frame svg { grid-column:2 / 4; grid-row:1 / 4; width:100%; height:11rem; overflow:visible; padding:.3rem }
.frame .top { grid-column:1; grid-row:1 } .frame .zero { grid-column:1; grid-row:3; align-self:end }
.frame .first { grid-column:2; grid-row:4 } .frame .last { grid-column:3; grid-row:4 }
.plot path { fill:none; vector-effect:non-scaling-stroke }
.plot .grid { stroke:var(--line); stroke-width:1; opacity:.6 } .plot .bar { fill:var(--s0) }
.line { stroke-width:2.5 } .mark { stroke-width:8; stroke-linecap:round } .mark.s1 { stroke-linecap:square; stroke-width:7 } .mark.s2 { stroke-width:5 }
.s0 { stroke:var(--s0) } .s1 { stroke:var(--s1); stroke-dasharray:8 5 } .s2 { stroke:var(--s2); stroke-dasharray:2 5 } .mark.s1, .mark.s2 { stroke-dasharray:none }
`.trim();
