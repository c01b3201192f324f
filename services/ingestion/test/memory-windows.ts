import { type EventEntry, type FunctionWindow, WindowsClosed } from '@lamplighter/contracts';
import { canonicalJson } from '../src/domain/canonical-json.ts';
import type { Owner } from '../src/domain/stored-attempt.ts';
import type { Closing, ClosingPolicy } from '../src/domain/windows/closing.ts';
import { type ClosedWindow, figuresHash, isCurrent, type WindowRecord } from '../src/domain/windows/window-record.ts';
import type { ClosingsPort, PublishPort, WindowLedgerPort } from '../src/ports.ts';

export const WINDOW_POLICY: ClosingPolicy = { graceMs: 10_000, silenceMs: 3 * 60_000, maxAgeMs: 24 * 3_600_000 };

type Call = <Result>(effect: () => Result) => Promise<Result>;

/** The ledger of windows, the queue of closings and the bus, in memory. */
export class MemoryWindows {
  /** Epoch milliseconds. */
  now = Date.UTC(2026, 0, 15, 10, 5);
  readonly records = new Map<string, WindowRecord & Partial<ClosedWindow>>();
  readonly queue: { readonly closing: Closing; readonly dueAt: number }[] = [];
  readonly published: EventEntry[] = [];
  private readonly call: Call;

  constructor(call: Call) {
    this.call = call;
  }

  readonly closings: ClosingsPort = (closings) =>
    this.call(() => {
      for (const { closing, delaySeconds } of closings)
        this.queue.push({ closing, dueAt: this.now + delaySeconds * 1000 });
    });

  readonly publish: PublishPort = (entries) => this.call(() => void this.published.push(...entries));

  readonly ledger: WindowLedgerPort = {
    read: (owner, range) =>
      this.call(() =>
        [...this.records]
          .filter(([key]) => key.startsWith(`${owner.functionName} `))
          .map(([, record]) => record)
          .filter(({ minute }) => minute >= range.from && minute <= range.to),
      ),
    current: (owner, range) =>
      this.call(() =>
        [...this.records]
          .filter(([key, record]) => key.startsWith(`${owner.functionName} `) && isCurrent(record))
          .flatMap(([, { figures, whole }]) => (figures && whole !== undefined ? { figures, whole } : []))
          .filter(({ figures: { start } }) => start >= range.from && start <= range.to)
          .sort((a, b) => a.figures.start - b.figures.start),
      ),
    note: (owner, minute, dueAt) =>
      this.call(() => {
        const record = this.recordOf(owner, minute);
        if ((record.dueAt ?? 0) < dueAt) this.records.set(keyOf(owner, minute), { ...record, dueAt });
      }),
    outdate: (owner, minute, changedAt) =>
      this.call(() => {
        const record = this.recordOf(owner, minute);
        if (record.revision !== undefined && (record.dueAt ?? 0) < changedAt)
          this.records.set(keyOf(owner, minute), { ...record, dueAt: changedAt });
      }),
    take: (owner, { revision, figures }, over) =>
      this.call(() => {
        const { readAt: _readAt, ...record } = this.recordOf(owner, figures.start);
        if (record.revision !== over) return false;
        const taken = { ...record, revision, hash: figuresHash(figures), figures, isPending: true };
        this.records.set(keyOf(owner, figures.start), taken);
        return true;
      }),
    confirm: (owner, minute, revision, seen) =>
      this.call(() => {
        const { isPending: _pending, ...record } = this.recordOf(owner, minute);
        if (record.revision === revision) this.records.set(keyOf(owner, minute), { ...record, ...seen });
      }),
  };

  /** Takes the closing that is due first, and moves the clock there; undefined where none is due until then. */
  takeDue(until: number): Closing | undefined {
    const next = this.queue.toSorted((a, b) => a.dueAt - b.dueAt)[0];
    if (!next || next.dueAt > until) return undefined;
    this.queue.splice(this.queue.indexOf(next), 1);
    this.now = Math.max(this.now, next.dueAt);
    return next.closing;
  }

  /** Each window's newest revision by `function minute`; fails where two contents bear one revision. */
  newest(): Map<string, { readonly revision: number; readonly figures: FunctionWindow }> {
    return newestOf(this.published.map(({ Detail }) => JSON.parse(Detail) as unknown));
  }

  private recordOf(owner: Required<Owner>, minute: number): WindowRecord & Partial<ClosedWindow> {
    return this.records.get(keyOf(owner, minute)) ?? { minute };
  }
}

/** Of each window that these events' details tell of, by `function minute`, the newest revision; throws where two contents bear one. */
export function newestOf(
  details: readonly unknown[],
): Map<string, { readonly revision: number; readonly figures: FunctionWindow }> {
  const contents = new Map<string, string>();
  const newest = new Map<string, { readonly revision: number; readonly figures: FunctionWindow }>();
  for (const detail of details) {
    for (const window of WindowsClosed.parse(detail).data.windows) {
      const { revision, figures } = window;
      const key = `${figures.functionName} ${figures.start}`;
      const content = canonicalJson(figures);
      const former = contents.get(`${key} ${revision}`) ?? content;
      if (former !== content) throw new Error(`${key} has two contents as revision ${revision}`);
      contents.set(`${key} ${revision}`, content);
      if (revision >= (newest.get(key)?.revision ?? 0)) newest.set(key, window);
    }
  }
  return newest;
}

function keyOf({ functionName }: Required<Owner>, minute: number): string {
  return `${functionName} ${minute}`;
}
