import type { EventEntry, Finding, FunctionChange } from '@lamplighter/contracts';
import type { MessageCall, MetricMinute, Span } from '@lamplighter/diagnosis';
import { packAssessment, unpackAssessment } from '../src/adapters/packed-assessment.ts';
import type { AssessNewsDeps } from '../src/assess/assess-news.ts';
import type { MetricQuestion } from '../src/domain/asks-for-metrics.ts';
import { type FunctionIdentity, functionKey } from '../src/domain/news/function-news.ts';
import type { FunctionSettings } from '../src/ports.ts';

/** Ports in memory that count their calls and can die around any one of them. */
export class MemoryDeps {
  readonly items = new Map<string, { version: number; packed: Uint8Array }>();
  readonly findings = new Map<string, Finding>();
  readonly published: EventEntry[] = [];
  readonly changes = new Map<string, FunctionChange>();
  readonly asked: { metrics: MetricQuestion[]; traces: number; calls: number; open: (number | undefined)[] } = {
    metrics: [],
    traces: 0,
    calls: 0,
    open: [],
  };
  readonly warnings: string[] = [];
  settings: FunctionSettings = {};
  metrics: readonly MetricMinute[] = [];
  calls: readonly MessageCall[] = [];
  spans: readonly Span[] = [];
  now = 0;
  /** Calls of ports so far. */
  steps = 0;
  /** Dies before or after this one. */
  crash: { readonly at: number; readonly when: 'before' | 'after' } | undefined;
  isBusDown = false;

  readonly deps: AssessNewsDeps = {
    assessments: {
      read: (identity) => this.#step(() => this.#read(identity)),
      write: (identity, stored, { version, changes }) =>
        this.#step(() => {
          const key = functionKey(identity);
          if ((this.items.get(key)?.version ?? 0) !== version) return 'conflict' as const;
          this.items.set(key, { version: version + 1, packed: packAssessment(stored) });
          for (const { finding } of changes) this.findings.set(finding.findingId, finding);
          return 'written' as const;
        }),
    },
    findings: {
      open: (since = 0) =>
        this.#step(() => {
          this.asked.open.push(since);
          return [...this.findings.values()].filter(({ state, openedAt }) => state === 'open' && openedAt >= since);
        }),
      recent: async () => ({ findings: [] }),
      ofFunction: async () => [],
      byId: async () => undefined,
    },
    changes: {
      note: (changes) =>
        this.#step(() => {
          for (const change of changes) this.changes.set(change.changeId, change);
        }),
    },
    settings: () => this.#step(() => this.settings),
    metrics: (_identity, question) =>
      this.#step(() => {
        this.asked.metrics.push(question);
        return this.metrics;
      }),
    calls: () =>
      this.#step(() => {
        this.asked.calls++;
        return this.calls;
      }),
    traces: () =>
      this.#step(() => {
        this.asked.traces++;
        return { spans: this.spans };
      }),
    adviser: (finding) => this.#step(() => finding),
    publish: (entries) =>
      this.#step(() => {
        if (this.isBusDown) throw new Error('the bus is down');
        this.published.push(...entries);
      }),
    logger: { warn: (message: string) => void this.warnings.push(message) } as unknown as AssessNewsDeps['logger'],
    now: () => this.now,
  };

  stored(identity: FunctionIdentity) {
    return this.#read(identity).stored;
  }

  #read(identity: FunctionIdentity) {
    const item = this.items.get(functionKey(identity));
    return item === undefined ? { version: 0 } : { version: item.version, ...unpackAssessment(item.packed) };
  }

  async #step<T>(work: () => T): Promise<T> {
    const at = this.steps++;
    if (this.crash?.at === at && this.crash.when === 'before') throw new Error('the process died');
    const done = work();
    if (this.crash?.at === at && this.crash.when === 'after') throw new Error('the process died');
    return done;
  }
}
