import { ApiError, type ServiceContext } from '../../../core/service.ts';
import type { LogInput } from '../../logs/logs-peer.ts';

/** How long a line of a running invocation waits for company; the end of the invocation flushes at once. */
const FLUSH_AFTER_MS = 1_000;

/** One execution environment's log stream, on its way to CloudWatch Logs. */
export interface LogStream {
  readonly name: string;
  append(timestamp: number, records: readonly string[]): void;
  /** Resolves when everything appended so far is written, or dropped because the role may not write it. */
  flush(): Promise<void>;
  /** Everything appended since the last call. */
  takeTail(): string;
}

export interface LogStreamOptions {
  readonly context: ServiceContext;
  readonly logGroup: string;
  readonly name: string;
  readonly roleArn: string;
}

/** Opens a stream. Lambda writes with the function's own role: where that does not allow it, the lines are lost, as on AWS. */
export function openLogStream(options: LogStreamOptions): LogStream {
  const { context, logGroup, name } = options;
  let pending: LogInput[] = [];
  let tail = '';
  let written: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    if (pending.length > 0) {
      const batch = pending;
      pending = [];
      written = context.track(
        written.then(() => (mayWrite(options) ? context.peers.logs.write(logGroup, name, batch) : undefined)),
      );
      written = written.catch(context.report);
    }
    return written;
  };
  return {
    name,
    flush,
    append(timestamp, records) {
      for (const message of records) {
        pending.push({ timestamp, message });
        tail += message.endsWith('\n') ? message : `${message}\n`;
      }
      timer ??= setTimeout(() => void flush(), FLUSH_AFTER_MS).unref();
    },
    takeTail() {
      const taken = tail;
      tail = '';
      return taken;
    },
  };
}

/** ARNs as AWS judges them: its own refusals name `log-group:NAME:log-stream:STREAM` for all three actions. */
function mayWrite({ context, logGroup, name, roleArn }: LogStreamOptions): boolean {
  const groupArn = `arn:aws:logs:${context.region}:${context.accountId}:log-group:${logGroup}:log-stream:`;
  const allows = (action: string, resource: string) => {
    try {
      context.peers.iam.assertRoleAllows(roleArn, action, resource);
      return true;
    } catch (error) {
      if (error instanceof ApiError) return false;
      throw error;
    }
  };
  if (allows('logs:CreateLogGroup', groupArn)) context.peers.logs.ensureLogGroup(logGroup);
  else if (!context.peers.logs.hasLogGroup(logGroup)) return false;
  return allows('logs:CreateLogStream', groupArn + name) && allows('logs:PutLogEvents', groupArn + name);
}
