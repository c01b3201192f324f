import type { LogSource } from './log-batch.ts';
import type { LogRecord } from './records/log-record.ts';

/** Whose log stream it is. Absent: the names of group and stream do not tell. */
export interface FunctionIdentity {
  readonly functionName?: string;
  readonly version?: string;
}

/** `2026/10/08/[$LATEST]22be…` or, in a log group shared by several functions, `2026/10/08/name[72]22be…`. */
const ENVIRONMENT_STREAM = /^\d{4}\/\d{2}\/\d{2}\/([\w.-]*)\[(\$LATEST(?:\.PUBLISHED)?|\d+)\][0-9a-f]{32}$/;
const FUNCTION_GROUP = /^\/aws\/lambda\/(?:[a-z]{2}(?:-[a-z]+)+-\d\.)?((?:web\/)?[\w-]+)$/;

/**
 * Web Functions have names of their own beside those of all others, and are told apart by this before theirs. They serve requests, and write
 * no record of an invocation; their metrics are in `AWS/Lambda/Web`.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/web-functions-logging.html
 */
export const isWebFunction = (functionName: string): boolean => functionName.startsWith('web/');

/** What the name of an execution environment's own stream tells; undefined for a stream that is no environment's. */
export function streamIdentity(logStream: string): FunctionIdentity | undefined {
  const match = ENVIRONMENT_STREAM.exec(logStream);
  if (match === null) return undefined;
  const [, functionName, version = ''] = match;
  return functionName ? { functionName, version } : { version };
}

/**
 * Which function wrote the logs: the name of the log group says it (a Lambda@Edge replica's begins with its
 * home Region), else the stream's, else the platform's init record. Absent means not known.
 */
export function functionOf(
  source: Pick<LogSource, 'logGroup' | 'logStream'>,
  records: Iterable<LogRecord> = [],
): FunctionIdentity {
  const stream = streamIdentity(source.logStream);
  let functionName = FUNCTION_GROUP.exec(source.logGroup)?.[1] ?? stream?.functionName;
  let version = stream?.version;
  for (const record of records) {
    if (record.kind === 'init-start' || record.kind === 'restore-start') {
      functionName ??= record.functionName;
      version ??= record.functionVersion;
    } else if (record.kind === 'start') version ??= record.version;
  }
  return { ...(functionName === undefined ? {} : { functionName }), ...(version === undefined ? {} : { version }) };
}
