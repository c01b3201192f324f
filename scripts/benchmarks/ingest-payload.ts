import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

interface SampleLine {
  readonly kind?: string;
  readonly message: string;
}

export interface Samples {
  readonly reports: readonly string[];
  readonly lines: readonly string[];
  /** Lines that tell of an error: stack traces, `Invoke Error` objects. */
  readonly errors: readonly string[];
}

const FIXTURES = fileURLToPath(new URL('../../packages/lambda-logs/fixtures/', import.meta.url));
const LIFECYCLE = [
  'START',
  'END',
  'INIT_START',
  'RESTORE_START',
  'RESTORE_REPORT',
  'TIMEOUT',
  'EXIT',
  'INIT_REPORT',
  'PLATFORM_JSON',
];
const TELLS_OF_ERROR = /\[ERROR\]|\tERROR\b|rror:|Exception|panicked|Traceback|"errorType"/;
const FIRST_EVENT_AT = Date.UTC(2026, 9, 8, 7, 30);
const BETWEEN_INVOCATIONS_MS = 20;
const LINES_PER_INVOCATION = 5;
/** One invocation in ten fails: more than in most systems, and errors are what costs most to read. */
const INVOCATIONS_PER_ERROR = 10;
const INVOCATIONS_PER_ENVIRONMENT = 20;

/** Real REPORT lines and real application lines: the package's fixtures, or a directory with `lambda-logs/*.jsonl` of the same layout. */
export function readSamples(data: string | undefined): Samples {
  const folder =
    data === undefined ? FIXTURES : existsSync(join(data, 'lambda-logs')) ? join(data, 'lambda-logs') : data;
  const reports = readLines(folder, 'report-lines.jsonl').map(({ message }) => message);
  const others = readLines(folder, 'other-lines.jsonl');
  const written = others.filter(({ kind = '' }) => !LIFECYCLE.includes(kind)).map(({ message }) => message);
  const lines = written.filter((message) => !TELLS_OF_ERROR.test(message));
  const errors = written.filter((message) => TELLS_OF_ERROR.test(message));
  if (reports.length === 0 || lines.length === 0 || errors.length === 0) {
    throw new RangeError(
      `${folder} has no report-lines.jsonl and other-lines.jsonl with REPORT, application and error lines.`,
    );
  }
  return { reports: reports.filter((message) => message.startsWith('REPORT RequestId: ')), lines, errors };
}

function readLines(folder: string, name: string): SampleLine[] {
  const path = join(folder, name);
  if (!existsSync(path)) throw new RangeError(`There is no ${name} in ${folder}.`);
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as SampleLine);
}

/**
 * A payload as CloudWatch Logs sends it (gzip bytes): one environment's invocations, each START, application lines, END, REPORT. As in real
 * streams, START to REPORT takes as long as the REPORT says, and only the first invocation after an INIT_START reports an initialisation.
 */
export function buildPayload({ reports, lines, errors }: Samples, eventCount: number): Buffer {
  const written: { timestamp: number; message: string }[] = [];
  let timestamp = FIRST_EVENT_AT;
  const write = (message: string) => written.push({ timestamp, message });
  for (let invocation = 0, line = 0, failure = 0; written.length < eventCount; invocation++) {
    const id = requestId(invocation);
    const isCold = invocation % INVOCATIONS_PER_ENVIRONMENT === 0;
    const report = reportOf(reports[invocation % reports.length] as string, id, isCold);
    if (isCold) write(initStart());
    write(`START RequestId: ${id} Version: $LATEST\n`);
    for (let count = 0; count < LINES_PER_INVOCATION; count++)
      write(withId(lines[line++ % lines.length] as string, id));
    if (invocation % INVOCATIONS_PER_ERROR === 0) write(withId(errors[failure++ % errors.length] as string, id));
    timestamp += Math.ceil(Number(/Duration: ([\d.]+)/.exec(report)?.[1] ?? 0));
    write(`END RequestId: ${id}\n`);
    write(report);
    timestamp += BETWEEN_INVOCATIONS_MS;
  }
  const logEvents = written
    .slice(0, eventCount)
    .map((event, index) => ({ id: String(index).padStart(56, '3987625'), ...event }));
  const payload = {
    messageType: 'DATA_MESSAGE',
    owner: '123456789012',
    logGroup: '/aws/lambda/bench',
    logStream: '2026/10/08/[$LATEST]22be53a8cfde4e68b844f8ec293b2543',
    subscriptionFilters: ['lamplighter'],
    logEvents,
  };
  return gzipSync(JSON.stringify(payload));
}

function reportOf(sample: string, id: string, isCold: boolean): string {
  const report = withId(sample, id);
  return isCold ? report : report.replace(/(?:Init|Restore|Billed Restore) Duration: [\d.]+ ms\s*/g, '');
}

const requestId = (index: number): string => `79b5e81f-9cdd-4145-b1f6-${index.toString(16).padStart(12, '0')}`;

const initStart = (): string =>
  'INIT_START Runtime Version: nodejs:22.v122\tRuntime Version ARN: arn:aws:lambda:eu-central-1::runtime:775dab0d220a0b97f3ec34fe1692d7a07b5d13049153b00f03204c9543bd69e4\n';

/** The sample with the invocation's own id, so that lines claim the invocation they stand in. */
const withId = (message: string, id: string): string =>
  message
    .replace(/^REPORT RequestId: \S+/, `REPORT RequestId: ${id}`)
    .replace(/^(\S*\d{4}-\d{2}-\d{2}T[\d:.]+Z[\t ]+)[0-9a-f]{8}-[\w-]+/, `$1${id}`);
