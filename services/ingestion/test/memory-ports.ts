import type { WatchedFunction } from '@lamplighter/contracts';
import type { LogBatch } from '@lamplighter/lambda-logs';
import { canonicalJson } from '../src/domain/canonical-json.ts';
import { type InvocationItem, invocationItem } from '../src/domain/invocation-item.ts';
import type { MessageItem } from '../src/domain/message-item.ts';
import { replaceAttempts, timeOf } from '../src/domain/stored-attempt.ts';
import { minuteOf, type TimelineChunk } from '../src/domain/timeline-chunk.ts';
import { lostMinutes } from '../src/domain/windows/touched-minutes.ts';
import type { IngestDeps } from '../src/ingest/ingest-batch.ts';
import type { CloseWindowsDeps } from '../src/windows/close-windows.ts';
import { closingScheduler } from '../src/windows/closing-scheduler.ts';
import { MemoryWindows, WINDOW_POLICY } from './memory-windows.ts';

/** The tables in memory, with a gate before and after each call: where a test lets calls overlap, or crashes the caller. */
export class MemoryTables {
  readonly timeline = new Map<string, Map<string, TimelineChunk>>();
  readonly invocations = new Map<string, InvocationItem>();
  readonly messages = new Map<string, MessageItem>();
  readonly functions = new Map<string, WatchedFunction>();
  readonly archived: LogBatch[] = [];
  readonly windows = new MemoryWindows((effect) => this.call(effect));
  /** One for all deliveries, as in an execution environment that lives on. */
  private readonly scheduler = closingScheduler({
    now: () => this.windows.now,
    policy: WINDOW_POLICY,
    windows: this.windows.ledger,
    closings: this.windows.closings,
  });
  private readonly gate: (when: 'before' | 'after') => Promise<void>;

  constructor(gate: (when: 'before' | 'after') => Promise<void> = async () => {}) {
    this.gate = gate;
  }

  /** Every audit item, as text: equal tables, equal text. */
  snapshot(): string {
    const rows = [...this.invocations.values(), ...this.messages.values()];
    return rows
      .map((row) => canonicalJson(row))
      .sort()
      .join('\n');
  }

  deps(auditDays = 90): IngestDeps {
    return {
      region: 'us-east-1',
      auditDays,
      closings: this.scheduler,
      archive: (batch) => this.call(() => void this.archived.push(batch)),
      ledger: { register: (watched) => this.call(() => void this.functions.set(watched.functionName, watched)) },
      timeline: {
        put: (streamId, chunk) =>
          this.call(() => {
            const stream = this.timeline.get(streamId) ?? new Map<string, TimelineChunk>();
            this.timeline.set(streamId, stream);
            if (stream.has(chunk.key)) return 'known' as const;
            stream.set(chunk.key, chunk);
            return 'new' as const;
          }),
        read: (streamId, range) =>
          this.call(() => {
            const [from, to] = [minuteOf(Math.max(0, range.from)), `${minuteOf(Math.max(0, range.to))}$`];
            return [...(this.timeline.get(streamId)?.values() ?? [])].filter(
              (chunk) => chunk.key >= from && chunk.key <= to,
            );
          }),
      },
      audit: {
        replaceAttempts: async ({ requestId, streamId, range, attempts, beforeLoss }) => {
          const swap = () => {
            const before = this.invocations.get(requestId);
            const replaced = replaceAttempts(before?.attempts ?? [], streamId, range, attempts);
            return { before, after: invocationItem(requestId, replaced, auditDays) };
          };
          const planned = swap();
          const lost = lostMinutes(streamId, planned.before, planned.after);
          if (lost.length > 0) await beforeLoss(lost);
          return this.call(() => {
            const change = swap();
            if (change.after) this.invocations.set(requestId, change.after);
            else this.invocations.delete(requestId);
            return change;
          });
        },
        messagesOf: (requestId, streamId) =>
          this.call(() =>
            [...this.messages.values()].filter((item) => item.pk === requestId && item.streamId === streamId),
          ),
        putMessage: (item, range) =>
          this.call(() => {
            const key = `${item.pk} ${item.sk}`;
            const existing = this.messages.get(key);
            if (!existing || existing.at >= range.from) this.messages.set(key, item);
          }),
        deleteMessage: (requestId, sortKey) => this.call(() => void this.messages.delete(`${requestId} ${sortKey}`)),
      },
    };
  }

  /** What closes windows of these tables. */
  closingDeps(): CloseWindowsDeps {
    const among = (range: { from: number; to: number }, at: (item: InvocationItem) => number) =>
      this.call(() => [...this.invocations.values()].filter((item) => at(item) >= range.from && at(item) <= range.to));
    return {
      now: () => this.windows.now,
      policy: WINDOW_POLICY,
      windows: this.windows.ledger,
      closings: this.windows.closings,
      publish: this.windows.publish,
      audit: {
        byFunction: async ({ owner, range }) =>
          (await among(range, (item) => timeOf(item.attempts[0]!))).filter((item) => isOf(item, owner)),
        retried: async ({ owner, range }) =>
          (await among(range, (item) => timeOf(item.attempts.at(-1)!))).filter(
            (item) => item.attempts.length > 1 && isOf(item, owner),
          ),
      },
    };
  }

  private async call<Result>(effect: () => Result): Promise<Result> {
    await this.gate('before');
    const result = effect();
    await this.gate('after');
    return result;
  }
}

function isOf(item: InvocationItem, { functionName }: { readonly functionName: string }): boolean {
  return (item.functionName ?? item.attempts[0]!.logGroup) === functionName;
}
