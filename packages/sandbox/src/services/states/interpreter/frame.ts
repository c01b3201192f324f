import type { Json, JsonObject } from '../../../core/protocols/json.ts';
import type { HistoryEvent } from '../executions/history.ts';
import type { IntrinsicScope } from '../language/intrinsics/evaluate-intrinsic.ts';
import type { Run } from './run.ts';
import type { Scope } from './scope.ts';

/** One line of states that run one after the other: the machine's own, a branch's, an item's. Its events follow each other. */
export class Thread {
  readonly run: Run;
  readonly scope: Scope;
  /** The context object but for the state's own part. */
  readonly context: JsonObject;
  lastEventId: number;

  constructor(run: Run, scope: Scope, context: JsonObject = run.context, lastEventId = 0) {
    this.run = run;
    this.scope = scope;
    this.context = context;
    this.lastEventId = lastEventId;
  }

  record(type: string, details?: HistoryEvent['details']): number {
    this.lastEventId = this.run.history.record(this.lastEventId, type, details);
    return this.lastEventId;
  }

  /** A line that begins here and may be called off by itself. */
  fork(scope: Scope, context: JsonObject = {}): Thread {
    return new Thread(this.run, scope, { ...this.context, ...context }, this.lastEventId);
  }
}

/** One state as it runs. */
export interface Frame {
  readonly name: string;
  readonly thread: Thread;
  /** What `$$` gives. */
  readonly context: JsonObject;
}

/** What expressions of the state see when `$` is this. */
export function scopeOf({ thread, context }: Frame, data: Json): IntrinsicScope {
  return { data, context, random: thread.run.random };
}
