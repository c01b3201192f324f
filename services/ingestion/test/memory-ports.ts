import type { WatchedFunction } from '@lamplighter/contracts';
import type { LogBatch } from '@lamplighter/lambda-logs';
import { canonicalJson } from '../src/domain/canonical-json.ts';
import { type InvocationItem, invocationItem } from '../src/domain/invocation-item.ts';
import type { MessageItem } from '../src/domain/message-item.ts';
import { replaceAttempts } from '../src/domain/stored-attempt.ts';
import { minuteOf, type TimelineChunk } from '../src/domain/timeline-chunk.ts';
import type { IngestDeps } from '../src/ingest/ingest-batch.ts';

/** The tables in memory, with a gate before and after each call: where a test lets calls overlap, or crashes the caller. */
export class MemoryTables {
  readonly timeline = new Map<string, Map<string, TimelineChunk>>();
  readonly invocations = new Map<string, InvocationItem>();
  readonly messages = new Map<string, MessageItem>();
  readonly functions = new Map<string, WatchedFunction>();
  readonly archived: LogBatch[] = [];
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
        replaceAttempts: ({ requestId, streamId, range, attempts }) =>
          this.call(() => {
            const existing = this.invocations.get(requestId)?.attempts ?? [];
            const next = invocationItem(requestId, replaceAttempts(existing, streamId, range, attempts), auditDays);
            if (next) this.invocations.set(requestId, next);
            else this.invocations.delete(requestId);
            return next;
          }),
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

  private async call<Result>(effect: () => Result): Promise<Result> {
    await this.gate('before');
    const result = effect();
    await this.gate('after');
    return result;
  }
}
