import type { SeriesStore } from '../measure/series-store.ts';
import type { Tick } from '../tick.ts';
import type { Parts } from './build/build-parts.ts';

/** What a tick cost, USD: all of it, and what of it was for functions and APIs. */
export interface TickCost {
  readonly usd: number;
  readonly computeUsd: number;
}

/** Appends the figures of one tick to the series. */
export type TickRecorder = (tick: Tick, cost: TickCost) => void;

type Column = readonly [name: string, read: (tick: Tick) => number];

/** A recorder of everything that the parts show. */
export function createTickRecorder(parts: Parts, series: SeriesStore): TickRecorder {
  const usd = series.column('costUsd');
  const computeUsd = series.column('computeUsd');
  const columns = columnsOf(parts).map(([name, read]) => ({ values: series.column(name), read }));
  return (tick, cost) => {
    usd.push(cost.usd);
    computeUsd.push(cost.computeUsd);
    for (const { values, read } of columns) values.push(read(tick));
  };
}

function columnsOf(parts: Parts): Column[] {
  const columns: Column[] = [];
  for (const [name, each] of parts.functions)
    columns.push(
      [`${name}.requests`, () => each.last.requests],
      [`${name}.invocations`, () => each.last.invoked],
      [`${name}.throttles`, () => each.last.throttled],
      [`${name}.errors`, () => each.last.errors],
      [`${name}.coldStarts`, () => each.last.coldStarts],
      [`${name}.concurrency`, () => each.last.peak],
      [`${name}.environments`, () => each.environments],
      [`${name}.durationMs`, () => each.last.durationMs],
      [`${name}.cpuMs`, () => each.last.cpuMs],
    );
  for (const [name, mapping] of parts.streamMappings)
    columns.push(
      [`${name}.iteratorAgeMs`, (tick) => mapping.iteratorAgeMs(tick.endMs)],
      [`${name}.backlog`, () => mapping.waiting],
    );
  for (const [name, stream] of parts.streams) columns.push([`${name}.shards`, () => stream.shards]);
  for (const [name, queue] of parts.queues)
    columns.push([`${name}.backlog`, () => queue.size], [`${name}.ageMs`, (tick) => queue.ageOfOldestMs(tick.endMs)]);
  for (const [name, database] of parts.databases)
    columns.push(
      [`${name}.acu`, () => database.acuShown],
      [`${name}.connections`, () => database.connections],
      [`${name}.loadPct`, () => 100 * database.load],
    );
  return columns;
}
