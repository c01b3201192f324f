import type { ForecastScores } from '@lamplighter/contracts';
import { escapeText } from '../terminal/escape-text.ts';
import { wrapWords } from '../terminal/fit-row.ts';
import { fitTable, tellLeftOut } from '../terminal/fit-table.ts';
import { formatAgo, formatMinute } from '../terminal/format-value.ts';
import type { Paint } from '../terminal/paint.ts';
import type { Foreseen } from './foreseen-of-deployment.ts';
import { isNear, type Seen, sift } from './sift-foreseen.ts';

const HEAD = ['', 'highest in the hour', '95 %', 'error', 'than naive', 'in band', 'by'];
/** Left out of a narrow window, the first to go first. */
const OPTIONAL = [6, 5, 4, 3];

export interface ForeseenLook {
  /** Epoch milliseconds. */
  readonly now: number;
  /** Columns that a line may fill; any number where absent. */
  readonly width?: number;
  /** What stays at 0 and what is Lamplighter's own too. */
  readonly isAll?: boolean;
}

/**
 * Highest of the coming hour, limits, and how good the forecasts were: a line for each series. What was last foreseen more than an hour ago
 * is named, and not shown as what comes; what stays at 0 and what is Lamplighter's own is counted alone, unless all is asked for.
 */
export function renderForeseen(
  { forecasts, resources, scores }: Foreseen,
  paint: Paint,
  { now, width = Number.POSITIVE_INFINITY, isAll = false }: ForeseenLook,
): string {
  const { worthSeeing: all, leftOut: notShown } = isAll
    ? { worthSeeing: [...forecasts, ...resources], leftOut: [] }
    : sift([...forecasts, ...resources]);
  const coming = all.filter((seen) => !isOver(seen, now));
  const cells = coming.map((seen) => cellsOf(seen, scores));
  const { head, rows, leftOut } = fitTable({ head: HEAD, rows: cells.flat(), optional: OPTIONAL }, width);
  const left = [...rows];
  const lines = all.flatMap((seen) => {
    const heading = headingOf(seen, now);
    if (isOver(seen, now)) return [paint('dim', `${heading}: over, nothing newer is foreseen`)];
    return [
      heading,
      ...left.splice(0, seen.forecasts.length),
      ...limitLines(seen).map((line) => paint('yellow', line)),
    ];
  });
  const words = leftOut.includes('error') ? [] : wrapWords(WORDS, width);
  const notes = [...tellLeftOut(leftOut), ...notShown].flatMap((note) => wrapWords(note, width));
  return [paint('dim', head), ...lines, '', ...notes, ...words, ''].join('\n');
}

/** Of which hour a forecast is: it is made anew every five minutes while something happens. */
function headingOf({ resource, forecasts }: Seen, now: number): string {
  const name = escapeText(resource.type === 'lambda-function' ? resource.name : `${resource.type} ${resource.name}`);
  const from = startOf(forecasts);
  if (from === undefined) return name;
  const ago = formatAgo(from, now);
  return `${name}, from ${formatMinute(from)}${ago === undefined ? '' : ` (${ago})`}`;
}

const startOf = (forecasts: Seen['forecasts']): number | undefined =>
  forecasts.length === 0 ? undefined : Math.max(...forecasts.map(({ startsAt }) => startsAt));

const isOver = ({ forecasts }: Seen, now: number): boolean =>
  forecasts.length > 0 && forecasts.every(({ startsAt, stepMs, mean }) => startsAt + stepMs * mean.length <= now);

const WORDS =
  'error: sum of errors over sum of what came, of about the last day; -, where a forecast of nothing at all would not have been further off; than naive: that sum beside that of "it stays as it is"; in band: points within the 95 % band.';

/** A row for each series. */
function cellsOf({ resource, forecasts }: Seen, scores: readonly ForecastScores[]): readonly (readonly string[])[] {
  return forecasts.map(({ metric, unit, mean, bands, forecaster }) => {
    const score = scores.find((one) => one.metric === metric && isSame(one.resource, resource));
    const band = bands[0];
    const unused = score?.ways.filter(({ isUsed }) => !isUsed).map((way) => way.name) ?? [];
    return [
      `  ${metric} (${unit})`,
      figure(Math.max(...mean)),
      band === undefined ? '' : `${figure(Math.max(...band.lower))} to ${figure(Math.max(...band.upper))}`,
      ...(score?.recent === undefined ? ['-', '-', '-'] : scoreCells(score.recent)),
      `${forecaster}${unused.length > 0 ? ` (not ${unused.join(', ')}: worse than naive here)` : ''}`,
    ].map(escapeText);
  });
}

type Score = NonNullable<ForecastScores['recent']>;

const scoreCells = ({ wape, naiveWape, coverage95Pct }: Score): readonly string[] => [
  // A forecast of 0 is off by all that came, which is 100 %: from there on the share tells how little came, not how good a forecast was.
  wape < 1 ? percent(wape) : '-',
  besideNaive(wape, naiveWape),
  `${Math.round(coverage95Pct)} %`,
];

/** Below this no difference is told. */
const LEAST_DIFFERENCE = 0.005;
/** From so many times as much on nobody wants a percentage. */
const MANY_TIMES = 3;

/** On the same points, so that what came counts for neither. */
function besideNaive(error: number, naive: number): string {
  if (Math.abs(error - naive) <= LEAST_DIFFERENCE * naive) return 'the same';
  if (naive === 0) return 'more';
  const ratio = error / naive;
  if (ratio < 1) return `${percent(1 - ratio)} less`;
  return ratio < MANY_TIMES ? `${percent(ratio - 1)} more` : `${ratio.toFixed(0)} times it`;
}

const limitLines = ({ limits }: Seen): readonly string[] =>
  limits
    .filter(isNear)
    .map(({ name, value, unit, probability }) =>
      escapeText(`  ${name} of ${figure(value)} ${unit}: reached with a probability of ${percent(probability)}`),
    );

const isSame = (a: Seen['resource'], b: Seen['resource']): boolean =>
  a.accountId === b.accountId && a.region === b.region && a.type === b.type && a.name === b.name;

const percent = (share: number): string => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
const figure = (value: number): string => Number(value.toPrecision(3)).toLocaleString('en-US');
