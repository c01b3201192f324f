import type { ServiceContext } from '../../core/service.ts';
import type { TraceSegment } from './segment.ts';
import { spansOf } from './segment-spans.ts';
import { TraceStore } from './trace-store.ts';

export type Destination = 'XRay' | 'CloudWatchLogs';

const SPANS_GROUP = 'aws/spans';
const SPANS_STREAM = 'default';
/** Transaction Search indexes one span in a hundred free of charge; those X-Ray still finds. */
const DEFAULT_INDEXED_PCT = 1;

/** Where segments go: to X-Ray, or as spans to CloudWatch Logs, where X-Ray no longer finds them but for the share that is indexed. */
export class TraceDestination {
  readonly #context: ServiceContext;
  readonly traces = new TraceStore();
  destination: Destination = 'XRay';
  indexedPct = DEFAULT_INDEXED_PCT;

  constructor(context: ServiceContext) {
    this.#context = context;
  }

  receive(document: TraceSegment): void {
    const isSearch = this.destination === 'CloudWatchLogs';
    if (!isSearch || isIndexed(document.trace_id, this.indexedPct)) this.traces.add(document);
    if (!isSearch || document.in_progress) return;
    const { peers, track, report } = this.#context;
    const timestamp = Math.floor((document.end_time ?? document.start_time) * 1000);
    const events = spansOf(document, this.#context).map((message) => ({ timestamp, message }));
    track(peers.logs.write(SPANS_GROUP, SPANS_STREAM, events)).catch(report);
  }
}

/** By the trace id, so that all segments of a trace share its fate. */
const isIndexed = (traceId: string, pct: number): boolean =>
  (Number.parseInt(traceId.slice(-8), 16) / 2 ** 32) * 100 < pct;
