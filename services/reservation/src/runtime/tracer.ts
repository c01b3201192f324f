import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import { speakableError } from './service-error.ts';
import { readTraceHeader, type TraceHeader } from './trace-header.ts';

/** A finished subsegment of X-Ray (X-Ray Developer Guide, "AWS X-Ray segment documents"); times are epoch seconds. */
export interface Subsegment {
  readonly id: string;
  readonly trace_id: string;
  readonly parent_id: string;
  readonly name: string;
  readonly type: 'subsegment';
  readonly namespace?: 'aws' | 'remote';
  readonly start_time: number;
  readonly end_time: number;
  readonly annotations: Readonly<Record<string, string>>;
  readonly fault?: true;
  readonly throttle?: true;
  readonly cause?: { readonly exceptions: readonly { readonly id: string; readonly type: string }[] };
}

/** Sends a document to where traces are collected; never throws. */
export interface TraceSink {
  send(subsegment: Subsegment): void;
  /** Resolves when what was sent has left: a frozen environment sends nothing. */
  flush(): Promise<void>;
}

export interface SpanOptions {
  readonly namespace?: 'aws' | 'remote';
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface Tracer {
  /** Begins an invocation with Lambda's trace header. */
  begin(header: string | undefined): void;
  /** Times the work as a subsegment of what is under way. */
  span<T>(name: string, options: SpanOptions, work: () => Promise<T>): Promise<T>;
  flush(): Promise<void>;
}

/** A batch makes hundreds of like calls, and a trace holds 500 KB: beyond so many, only those that failed or took long are told. */
const TOLD_SPANS = 100;
const LONG_MS = 100;
const THROTTLES = /Throttl|TooManyRequests|LimitExceeded|ProvisionedThroughputExceeded|SlowDown/;

/** A tracer of one execution environment. */
export function createTracer(sink: TraceSink, now: () => number = Date.now): Tracer {
  const parents = new AsyncLocalStorage<string>();
  let trace: TraceHeader | undefined;
  let told = 0;
  return {
    begin(header) {
      trace = readTraceHeader(header);
      told = 0;
    },
    async span(name, options, work) {
      const of = trace;
      if (of === undefined) return work();
      const span = { id: newId(), parentId: parents.getStore() ?? of.parentId, startMs: now() };
      const tell = (error?: unknown): void => {
        const endMs = now();
        const isTold = told < TOLD_SPANS || error !== undefined || endMs - span.startMs > LONG_MS;
        if (isTold) sink.send(subsegment(of.traceId, { ...span, endMs, name, options, error }));
        if (isTold) told += 1;
      };
      try {
        const result = await parents.run(span.id, work);
        tell();
        return result;
      } catch (error) {
        tell(error);
        throw error;
      }
    },
    flush: () => sink.flush(),
  };
}

interface FinishedSpan {
  readonly id: string;
  readonly parentId: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly name: string;
  readonly options: SpanOptions;
  readonly error: unknown;
}

function subsegment(traceId: string, span: FinishedSpan): Subsegment {
  return {
    id: span.id,
    trace_id: traceId,
    parent_id: span.parentId,
    name: span.name,
    type: 'subsegment',
    start_time: span.startMs / 1_000,
    end_time: span.endMs / 1_000,
    annotations: span.options.annotations ?? {},
    ...(span.options.namespace === undefined ? {} : { namespace: span.options.namespace }),
    ...(span.error === undefined ? {} : failure(span.error)),
  };
}

function failure(error: unknown): Pick<Subsegment, 'fault' | 'throttle' | 'cause'> {
  const { name } = speakableError(error);
  const cause = { exceptions: [{ id: newId(), type: name }] };
  return { fault: true, cause, ...(THROTTLES.test(name) ? { throttle: true as const } : {}) };
}

const newId = (): string => randomBytes(8).toString('hex');
