import { visibleText } from '../templates/visible-text.ts';

interface FactTime {
  /** Of its own source: the same fact delivered twice counts once. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** CloudWatch's states, and the end of the alarm itself. Only in ALARM something is wrong. */
export type AlarmState = 'ALARM' | 'OK' | 'INSUFFICIENT_DATA' | 'DELETED';

/** What others know about a function: it explains what the windows show, or opens a finding by itself. */
export type Fact = FactTime &
  (
    | { readonly kind: 'deploy'; readonly version: string }
    /** The function was deleted, whole. */
    | { readonly kind: 'deletion' }
    | {
        readonly kind: 'configuration-change';
        readonly setting: string;
        readonly before?: string;
        readonly after?: string;
      }
    /** A CloudWatch alarm changed its state, or is no more. */
    | { readonly kind: 'alarm'; readonly alarmName: string; readonly state: AlarmState; readonly reason?: string }
    /** An asynchronous request that was given up: its destination or dead-letter queue got it. */
    | {
        readonly kind: 'async-failure';
        readonly requestId: string;
        readonly condition: 'RetriesExhausted' | 'EventAgeExceeded' | 'other';
      }
    /** A message of a stream or queue that fails again and again, see `repeatedMessages`. */
    | {
        readonly kind: 'repeated-message';
        readonly source: string;
        readonly sequenceNumber: string;
        readonly failures: number;
        readonly requestIds: readonly string[];
      }
    /** Traces show that a callee became slower; `share` of the added time, 0 to 1, is its. `surprise`: how unlikely that is without a change of its own, -ln of a probability. */
    | {
        readonly kind: 'dependency';
        readonly name: string;
        readonly beforeMs: number;
        readonly afterMs: number;
        readonly share: number;
        readonly surprise?: number;
        /** How often the callee took far longer than ever before: what overlaps in time, as one passing hiccup makes it, counts once. */
        readonly moments?: number;
        readonly traceIds?: readonly string[];
      }
    /** Traces show that calls of a callee fail; `share` of the added errors, 0 to 1, is its. Errors of a trace, before and after. */
    | {
        readonly kind: 'refusing-dependency';
        readonly name: string;
        readonly errorsBefore: number;
        readonly errorsAfter: number;
        readonly share: number;
        readonly traceIds?: readonly string[];
      }
  );

/** A fact with its texts made visible and short; undefined where it has no time. */
export function cleanFact(fact: Fact): Fact | undefined {
  if (!(Number.isFinite(fact.at) && fact.at >= 0)) return undefined;
  return Object.fromEntries(Object.entries(fact).map(([key, value]) => [key, cleanValue(value)])) as unknown as Fact;
}

function cleanValue(value: unknown): unknown {
  if (typeof value === 'string') return visibleText(value, 100);
  if (typeof value === 'number') return Number.isFinite(value) ? value : 0;
  if (Array.isArray(value)) return value.filter((each) => /^[\w-]{1,64}$/.test(String(each))).slice(0, 3);
  return value;
}
