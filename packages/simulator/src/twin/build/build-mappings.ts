import { createSampler } from '../../random/sampler.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { QueueMapping } from '../../services/queue-mapping.ts';
import { StreamMapping } from '../../services/stream-mapping.ts';
import type { Dependencies } from './build-dependencies.ts';
import type { Functions } from './build-functions.ts';

/** Event source mappings, by the stream or queue that they read. */
export interface Mappings {
  readonly streamMappings: ReadonlyMap<string, StreamMapping>;
  readonly queueMappings: ReadonlyMap<string, QueueMapping>;
}

export function buildMappings(scenario: Scenario, { functions, streams, queues }: Functions & Dependencies): Mappings {
  const { seed, tick: tickMs, assumptions } = scenario;
  const streamMappings = new Map<string, StreamMapping>();
  const queueMappings = new Map<string, QueueMapping>();
  for (const spec of scenario.mappings) {
    const { from } = spec;
    const target = functions.get(spec.to)!;
    const sampler = createSampler(seed, `mapping/${from}`);
    const faults = scenario.faults.filter((fault) => fault.target === from);
    const parts = { spec, target, sampler, assumptions, tickMs, faults };
    const stream = streams.get(from);
    if (stream) streamMappings.set(from, new StreamMapping(stream, parts));
    else queueMappings.set(from, new QueueMapping(queues.get(from)!, parts));
  }
  return { streamMappings, queueMappings };
}
