import type { SeriesStore } from '../measure/series-store.ts';
import type { Tick } from '../tick.ts';
import type { Parts } from './build-twin.ts';

/** Appends the figures of one tick to the series. */
export function recordTick(parts: Parts, series: SeriesStore, { tick, costUsd, computeUsd }: { tick: Tick; costUsd: number; computeUsd: number }): void {
  series.push('costUsd', costUsd);
  series.push('computeUsd', computeUsd);
  for (const each of parts.functions.values()) {
    const { last, name } = each;
    series.push(`${name}.requests`, last.requests);
    series.push(`${name}.invocations`, last.invoked);
    series.push(`${name}.throttles`, last.throttled);
    series.push(`${name}.errors`, last.errors);
    series.push(`${name}.coldStarts`, last.coldStarts);
    series.push(`${name}.concurrency`, last.peak);
    series.push(`${name}.environments`, each.environments);
    series.push(`${name}.durationMs`, last.durationMs);
    series.push(`${name}.cpuMs`, last.cpuMs);
  }
  for (const [name, mapping] of parts.streamMappings) {
    series.push(`${name}.iteratorAgeMs`, mapping.iteratorAgeMs(tick.endMs));
    series.push(`${name}.backlog`, mapping.waiting);
  }
  for (const [name, stream] of parts.streams) series.push(`${name}.shards`, stream.shards);
  for (const [name, queue] of parts.queues) {
    series.push(`${name}.backlog`, queue.size);
    series.push(`${name}.ageMs`, queue.ageOfOldestMs(tick.endMs));
  }
  for (const [name, database] of parts.databases) {
    series.push(`${name}.acu`, database.acuShown);
    series.push(`${name}.connections`, database.connections);
    series.push(`${name}.loadPct`, 100 * database.load);
  }
}
