import type { TrafficProgress, TrafficReport } from './run-traffic.ts';

const SECOND_MS = 1_000;

/** One line of a run under way. */
export function progressLine({
  elapsedMs,
  durationMs,
  sent,
  answered,
  inFlight,
  perSecond,
  meantPerSecond,
  failed,
  p50Ms,
  p99Ms,
}: TrafficProgress): string {
  const seconds = (ms: number): string => `${Math.round(ms / SECOND_MS)}`;
  return [
    `Traffic ${seconds(elapsedMs)}/${seconds(durationMs)} s`,
    `${Math.round(perSecond)} answers/s of ${meantPerSecond.toFixed(meantPerSecond < 10 ? 1 : 0)}`,
    `${sent} sent`,
    `${inFlight} under way`,
    ...(answered > 0 ? [`p50 ${shown(p50Ms)}`, `p99 ${shown(p99Ms)}`] : ['no answer yet']),
    ...(failed > 0 ? [`${failed} failed`] : []),
  ].join('  ');
}

/** A report for people: what came back, and how long it took. */
export function renderReport(report: TrafficReport): string {
  const { curve, seed, durationMs, wasStopped, sent, statuses, failed, mostInFlight, latestSendMs, latencies } = report;
  const rows = Object.entries({ ...latencies.byAction, total: latencies.total });
  return [
    `${sent} requests in ${(durationMs / SECOND_MS).toFixed(1)} s, ${curve}, seed ${seed}${wasStopped ? ', stopped early' : ''}`,
    `answers  ${Object.entries(statuses)
      .map(([status, count]) => `${status}: ${count}`)
      .join('  ')}  (${failed} failed)`,
    `most under way at once ${mostInFlight}; the generator itself was late by ${shown(latestSendMs)} at most`,
    '',
    ['action'.padEnd(15), ...['count', 'p50', 'p90', 'p99', 'p99.9', 'max'].map((title) => title.padStart(10))].join(
      '',
    ),
    ...rows.map(([name, { count, p50Ms, p90Ms, p99Ms, p999Ms, maxMs }]) =>
      [
        name.padEnd(15),
        String(count).padStart(10),
        ...[p50Ms, p90Ms, p99Ms, p999Ms, maxMs].map((ms) => shown(ms).padStart(10)),
      ].join(''),
    ),
    '',
    'Latencies are from the moment a request was meant to be sent.',
  ].join('\n');
}

const shown = (ms: number): string =>
  ms < SECOND_MS ? `${ms.toFixed(ms < 10 ? 1 : 0)} ms` : `${(ms / SECOND_MS).toFixed(2)} s`;
