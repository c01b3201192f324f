import type { Forecast } from '@lamplighter/time-series';
import { csvCell } from './csv-line.ts';
import type { SeriesClock } from './read-series.ts';

/** CSV with a line per step: its time (its number, from 1, where there are no times), the mean, and two bounds per level. */
export function renderForecast({ mean, intervals }: Forecast, clock: SeriesClock | undefined): string {
  const names = intervals.flatMap(({ level }) => [`lo-${level}`, `hi-${level}`]);
  const lines = mean.map((point, step) => {
    const bounds = intervals.flatMap(({ lower, upper }) => [lower[step]!, upper[step]!]);
    return [timeOf(step, clock), ...[point, ...bounds].map(renderPoint)].join(',');
  });
  return `${[[clock ? 'timestamp' : 'step', 'mean', ...names].join(','), ...lines].join('\n')}\n`;
}

/** CSV with a line per series: `id,f1,…,fH`. */
export function renderWide(rows: readonly { readonly id: string; readonly points: readonly number[] }[]): string {
  const horizon = rows[0]?.points.length ?? 0;
  const header = ['id', ...Array.from({ length: horizon }, (_, step) => `f${step + 1}`)].join(',');
  return `${[header, ...rows.map(({ id, points }) => [csvCell(id), ...points.map(renderPoint)].join(','))].join('\n')}\n`;
}

const timeOf = (step: number, clock: SeriesClock | undefined): string =>
  clock ? new Date(clock.last + (step + 1) * clock.stepMs).toISOString().replace('.000Z', 'Z') : String(step + 1);

/** What is not known is an empty cell. */
const renderPoint = (point: number): string => (Number.isFinite(point) ? String(Number(point.toPrecision(10))) : '');
