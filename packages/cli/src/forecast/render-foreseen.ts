import type { ForecastScores, ResourceForecast } from '@lamplighter/contracts';
import { escapeText } from '../terminal/escape-text.ts';
import type { Paint } from '../terminal/paint.ts';
import type { Foreseen } from './foreseen-of-deployment.ts';

type Seen = Pick<ResourceForecast, 'resource' | 'forecasts' | 'limits'>;

/** Highest of the coming hour, limits, and how good the forecasts were: a line for each series. */
export function renderForeseen({ forecasts, resources, scores }: Foreseen, paint: Paint): string {
  const head = row(['', 'highest in the hour', '95 %', 'error', 'naive', 'in band', 'by']);
  const all: readonly Seen[] = [...forecasts, ...resources];
  return [paint('dim', head), ...all.flatMap((seen) => linesOf(seen, scores, paint)), '', WORDS, ''].join('\n');
}

const WORDS =
  'error: sum of errors over sum of what came, of about the last day; naive: the same of "it stays as it is"; in band: points within the 95 % band.';

function linesOf({ resource, forecasts, limits }: Seen, scores: readonly ForecastScores[], paint: Paint): string[] {
  const name = resource.type === 'lambda-function' ? resource.name : `${resource.type} ${resource.name}`;
  const series = forecasts.map(({ metric, unit, mean, bands, forecaster }) => {
    const score = scores.find((one) => one.metric === metric && isSame(one.resource, resource));
    const band = bands[0];
    const unused = score?.ways.filter(({ isUsed }) => !isUsed).map((way) => way.name) ?? [];
    return row([
      `  ${metric} (${unit})`,
      figure(Math.max(...mean)),
      band === undefined ? '' : `${figure(Math.max(...band.lower))} to ${figure(Math.max(...band.upper))}`,
      score?.recent === undefined ? '-' : percent(score.recent.wape),
      score?.recent === undefined ? '-' : percent(score.recent.naiveWape),
      score?.recent === undefined ? '-' : `${Math.round(score.recent.coverage95Pct)} %`,
      `${forecaster}${unused.length > 0 ? ` (not ${unused.join(', ')}: worse than naive here)` : ''}`,
    ]);
  });
  const near = limits
    .filter(({ probability }) => probability >= 0.05)
    .map(
      ({ name: limit, value, unit, probability }) =>
        `  ${limit} of ${figure(value)} ${unit}: reached with a probability of ${percent(probability)}`,
    );
  return [escapeText(name), ...series.map(escapeText), ...near.map((line) => paint('yellow', escapeText(line)))];
}

const isSame = (a: Seen['resource'], b: Seen['resource']): boolean =>
  a.accountId === b.accountId && a.region === b.region && a.type === b.type && a.name === b.name;

const percent = (share: number): string => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
const figure = (value: number): string => Number(value.toPrecision(3)).toLocaleString('en-US');
const row = ([name = '', highest = '', band = '', ...cells]: readonly string[]): string =>
  [
    name.padEnd(40),
    highest.padStart(20),
    band.padStart(24),
    ...cells.slice(0, 3).map((cell) => cell.padStart(9)),
    `  ${cells[3] ?? ''}`,
  ]
    .join('')
    .trimEnd();
