import { type Html, html } from './html.ts';
import { GAP, type PlacedLabel, placeLabels, widthOf } from './place-labels.ts';

/** A value over time; undefined is a gap. */
export interface ChartSeries {
  readonly name: string;
  /** Of the style sheet: `a` to `d`. */
  readonly tone: 'a' | 'b' | 'c' | 'd';
  readonly points: readonly (readonly [at: number, value: number])[];
  /** Bars from zero in place of a line: each stands over the time from its instant to the next. */
  readonly isBars?: boolean;
}

export interface ChartBand {
  readonly name: string;
  readonly points: readonly (readonly [at: number, lower: number, upper: number])[];
}

/** A moment that explains the curve. */
export interface ChartMark {
  readonly at: number;
  readonly text: string;
}

export interface ChartInput {
  readonly title: string;
  /** Where its figures come from. */
  readonly source: string;
  readonly unit: string;
  readonly series: readonly ChartSeries[];
  readonly band?: ChartBand;
  readonly marks?: readonly ChartMark[];
  /** What its axis shows at least: charts that stand below one another share it. */
  readonly span?: { readonly from: number; readonly until: number };
  readonly formatTime: (at: number) => string;
}

const WIDTH = 720;
/** Without the rows of marks below the first one. */
const LEAST_HEIGHT = 220;
const PAD = { left: 56, right: 12, top: 24, bottom: 24 };
const ROW = 14;
const TICKS = 4;
const TIME_TICKS = 6;

/** A chart over time as a figure with inline SVG: it needs no script, prints, and follows the page's colours. Pure. */
export function chart(input: ChartInput): Html {
  const { title, source, series, band, span } = input;
  const times = [
    ...(span ? [span.from] : []),
    ...series.flatMap(({ points }) => points.map(([at]) => at)),
    ...(band?.points.map(([at]) => at) ?? []),
  ];
  const values = [
    ...series.flatMap(({ points }) => points.map(([, value]) => value)),
    ...(band?.points.map(([, , upper]) => upper) ?? []),
  ];
  const from = times.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY);
  const barsOf = series.filter(({ isBars }) => isBars);
  const barMs = barsOf.length === 0 ? 0 : Math.min(...barsOf.map(shortestStepMs));
  const last = times.reduce((most, at) => Math.max(most, at), Number.NEGATIVE_INFINITY);
  const until = Math.max(last + barMs, span?.until ?? last);
  const top = roundUp(values.reduce((most, value) => Math.max(most, value), 0));
  const marks = (input.marks ?? []).filter(({ at }) => at >= from && at <= until);
  const share = (at: number): number => (at - from) / Math.max(1, until - from);
  const right = roomAtTheRight(marks, share);
  const x = (at: number): number => PAD.left + share(at) * (WIDTH - PAD.left - right);
  const labels = placeLabels(
    marks.map(({ at, text }) => ({ text, x: x(at) })),
    PAD.left + widthOf(input.unit) + GAP,
  );
  const above = labels.reduce((most, { row }) => Math.max(most, row), 0) * ROW;
  const height = LEAST_HEIGHT + above;
  const place: Place = {
    x,
    y: (value) => height - PAD.bottom - (value / top) * (LEAST_HEIGHT - PAD.top - PAD.bottom),
    right,
    height,
  };
  const label = `${title}: ${series.map(({ name }) => name).join(', ')}; ${source}`;
  return html`<figure><figcaption><b>${title}</b> <span>${source}</span></figcaption>
<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${label}">
${axes({ from, until, top }, input, place)}${band && bandPath(band, place)}${series.map((one) => (one.isBars ? bars(one, barMs, place) : line(one, place)))}${labels.map((label) => markAt(label, place))}
</svg><p class="legend">${series.map(({ name, tone }) => html`<span class="key ${tone}"></span>${name} `)}${band && html`<span class="key band"></span>${band.name}`}</p></figure>`;
}

interface Place {
  readonly x: (at: number) => number;
  readonly y: (value: number) => number;
  /** Right of the last instant, and of the whole chart. */
  readonly right: number;
  readonly height: number;
}

const px = (value: number): string => value.toFixed(1);

function axes(
  { from, until, top }: { from: number; until: number; top: number },
  { unit, formatTime }: ChartInput,
  { x, y, right, height }: Place,
): Html {
  const values = Array.from({ length: TICKS + 1 }, (_, at) => (top * at) / TICKS);
  const times = Array.from({ length: TIME_TICKS }, (_, at) => from + ((until - from) * at) / (TIME_TICKS - 1));
  return html`<text class="unit" x="${PAD.left}" y="12">${unit}</text>${values.map(
    (value) =>
      html`<line class="grid" x1="${PAD.left}" x2="${WIDTH - right}" y1="${px(y(value))}" y2="${px(y(value))}"/><text class="tick" x="${PAD.left - 6}" y="${px(y(value) + 4)}" text-anchor="end">${short(value)}</text>`,
  )}${times.map((at, index) => html`<text class="tick" x="${px(x(at))}" y="${height - 6}" text-anchor="${index === 0 ? 'start' : index === TIME_TICKS - 1 ? 'end' : 'middle'}">${formatTime(at)}</text>`)}`;
}

const line = ({ points, tone }: ChartSeries, { x, y }: Place): Html =>
  html`<polyline class="line ${tone}" points="${points.map(([at, value]) => `${px(x(at))},${px(y(value))}`).join(' ')}"/>`;

/** Three tenths between two bars are left free. */
function bars({ points, tone }: ChartSeries, barMs: number, { x, y }: Place): Html {
  const width = (at: number): number => Math.max(1, (x(at + barMs) - x(at)) * 0.7);
  return html`${points.map(([at, value]) => html`<rect class="bar ${tone}" x="${px(x(at + barMs * 0.15))}" y="${px(y(value))}" width="${px(width(at))}" height="${px(y(0) - y(value))}"/>`)}`;
}

/** One point alone may have any. */
const shortestStepMs = ({ points }: ChartSeries): number =>
  points.length < 2 ? 1 : Math.min(...points.slice(1).map(([at], before) => at - points[before]![0]));

function bandPath({ points }: ChartBand, { x, y }: Place): Html {
  const upper = points.map(([at, , high]) => `${px(x(at))},${px(y(high))}`);
  const lower = points.toReversed().map(([at, low]) => `${px(x(at))},${px(y(Math.max(0, low)))}`);
  return html`<polygon class="band" points="${[...upper, ...lower].join(' ')}"/>`;
}

function markAt({ text, x, row }: PlacedLabel, { height }: Place): Html {
  const y = PAD.top - 8 + row * ROW;
  return html`<line class="mark" x1="${px(x)}" x2="${px(x)}" y1="${y - 8}" y2="${height - PAD.bottom}"/><text class="mark" x="${px(x + GAP)}" y="${y}">${text}</text>`;
}

/** So much that the text of a mark at the end of the axis is not cut off. */
const roomAtTheRight = (marks: readonly ChartMark[], share: (at: number) => number): number =>
  marks.reduce((room, { at, text }) => {
    const free = WIDTH - GAP - widthOf(text) - PAD.left;
    return share(at) === 0 ? room : Math.max(room, WIDTH - PAD.left - free / share(at));
  }, PAD.right);

/** An axis ends on a number whose quarters can be read. */
function roundUp(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10].map((step) => step * power).find((end) => end >= value) ?? value;
}

const short = (value: number): string =>
  new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 3 }).format(value);
