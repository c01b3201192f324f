import type { Meter } from '../measure/meter.ts';
import type { Sampler } from '../random/sampler.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Tick } from '../tick.ts';
import type { Receiver } from './traffic.ts';

const KB_PER_GB = 2 ** 20;

/** CloudFront: answers `hitPct` of the requests, hands the others on, and bills all of them and what they carry (https://aws.amazon.com/cloudfront/pricing/). */
export class Cdn {
  readonly name: string;
  readonly #spec: Scenario['cdns'][string];
  readonly #parts: { readonly receive: Receiver; readonly sampler: Sampler; readonly meter: Meter };
  requests = 0;
  hits = 0;
  forwarded = 0;

  constructor(
    name: string,
    spec: Scenario['cdns'][string],
    parts: { receive: Receiver; sampler: Sampler; meter: Meter },
  ) {
    this.name = name;
    this.#spec = spec;
    this.#parts = parts;
  }

  receive(tick: Tick, count: number): void {
    const hits = this.#parts.sampler.binomial(count, this.#spec.hitPct / 100);
    this.requests += count;
    this.hits += hits;
    this.forwarded += count - hits;
    this.#parts.meter.add(this.name, 'cdnRequests', count);
    this.#parts.meter.add(this.name, 'cdnGb', (count * this.#spec.responseKb) / KB_PER_GB);
    if (count > hits) this.#parts.receive(tick, count - hits);
  }
}
