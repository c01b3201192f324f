import type {
  AttemptSummary,
  CompletenessHour,
  InvocationStory,
  InvocationSummary,
  StoryLine,
} from '@lamplighter/contracts';
import { errorText } from '@lamplighter/contracts/error-text';
import type { Architecture } from '@lamplighter/pricing';
import { escapeLines, escapeText } from '../../terminal/escape-text.ts';
import { formatAgo, formatCost, formatCount, formatDuration, formatTime } from '../../terminal/format-value.ts';
import type { Paint } from '../../terminal/paint.ts';
import { renderWaterfalls } from './render-waterfalls.ts';
import { STATUS_WORDS } from './status-words.ts';

/** How a story is shown. */
export interface RenderOptions {
  readonly paint: Paint;
  /** Now, epoch milliseconds: how long ago things were. */
  readonly now: number;
  /** Columns that a line may fill; any number where absent. */
  readonly width?: number;
  /** What a cost is priced for; x86_64 is said to be assumed where it is not known. */
  readonly pricedFor?: Architecture | undefined;
}

const LABEL_WIDTH = 11;

/** One request's story for a person: what happened on top, the evidence below. Ends with a line end. */
export function renderStory(story: InvocationStory, options: RenderOptions): string {
  const { invocation } = story;
  const sections = [
    headline(invocation, options.paint),
    facts(story, options),
    story.attempts.length > 1 ? attempts(story.attempts, options) : [],
    invocation.messages.length > 0 ? messages(invocation, options) : [],
    renderWaterfalls(story, { paint: options.paint, width: options.width ?? Number.POSITIVE_INFINITY }),
    log(story, options),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

function headline(invocation: InvocationSummary, paint: Paint): readonly string[] {
  const { words, sign, colour } = STATUS_WORDS[invocation.status];
  const name = escapeText(invocation.functionName ?? invocation.logGroup);
  const version = invocation.version === undefined ? '' : ` ${escapeText(invocation.version)}`;
  const error = errorText(invocation.errorType, invocation.errorMessage);
  return [
    paint('bold', `${paint(colour, sign)} ${name}${version} ${paint(colour, words)}`),
    ...(error === '' ? [] : escapeLines(error).map((line) => `  ${paint(colour, line)}`)),
  ];
}

function facts(story: InvocationStory, options: RenderOptions): readonly string[] {
  const { invocation, completeness } = story;
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['request', escapeText(invocation.requestId)],
    ['when', whenText(invocation.startedAt, options.now)],
    ['took', tookText(invocation)],
    ['start', startText(invocation)],
    ['memory', memoryText(invocation)],
    ['cost', costText(invocation, options)],
    ['where', escapeText(`${invocation.region} ${invocation.accountId} ${invocation.logGroup}`)],
    ['stream', escapeText(invocation.logStream)],
    ['trace', invocation.traceId === undefined ? undefined : escapeText(invocation.traceId)],
    ['attempts', invocation.attempts > 1 ? `${invocation.attempts}` : undefined],
    ['complete', completeText(invocation, completeness)],
  ];
  return rows.flatMap(([label, value]) =>
    value === undefined ? [] : [`  ${options.paint('dim', label.padEnd(LABEL_WIDTH))}${value}`],
  );
}

function whenText(startedAt: number | undefined, now: number): string {
  if (startedAt === undefined) return 'not known';
  const ago = formatAgo(startedAt, now);
  return ago === undefined ? formatTime(startedAt) : `${formatTime(startedAt)} (${ago})`;
}

function tookText(part: Pick<InvocationSummary, 'durationMs' | 'billedDurationMs'>): string {
  const took = part.durationMs === undefined ? 'not known' : formatDuration(part.durationMs);
  return part.billedDurationMs === undefined ? took : `${took}, billed ${formatDuration(part.billedDurationMs)}`;
}

function startText(part: Pick<InvocationSummary, 'coldStart' | 'initDurationMs' | 'restoreDurationMs'>): string {
  if (part.restoreDurationMs !== undefined)
    return `cold, restored from a snapshot in ${formatDuration(part.restoreDurationMs)}`;
  if (part.initDurationMs !== undefined) return `cold, initialised in ${formatDuration(part.initDurationMs)}`;
  return part.coldStart ? 'cold' : 'warm';
}

function memoryText(part: Pick<InvocationSummary, 'maxMemoryUsedMb' | 'memorySizeMb'>): string | undefined {
  if (part.memorySizeMb === undefined && part.maxMemoryUsedMb === undefined) return undefined;
  if (part.maxMemoryUsedMb === undefined) return `${part.memorySizeMb} MB, use not known`;
  return part.memorySizeMb === undefined
    ? `${part.maxMemoryUsedMb} MB used`
    : `${part.maxMemoryUsedMb} of ${part.memorySizeMb} MB used`;
}

function costText({ costUsd }: InvocationSummary, { pricedFor }: RenderOptions): string | undefined {
  if (costUsd === undefined) return undefined;
  return `${formatCost(costUsd)}${pricedFor === undefined ? ', priced as x86_64: logs do not tell the architecture' : ` on ${pricedFor}`}`;
}

function completeText(invocation: InvocationSummary, hour: CompletenessHour | undefined): string {
  const own =
    invocation.missing.length === 0 ? 'nothing is missing' : `missing: ${escapeText(invocation.missing.join(', '))}`;
  if (!hour || hour.invoked === 0) return own;
  const share = `${hour.completenessPct} % of the function’s ${formatCount(hour.invoked, 'invocation')} in that hour audited`;
  const found = hour.backfilled > 0 ? `, ${hour.backfilled} of them found again` : '';
  return `${own}; ${share}${found}${hour.unreadable ? '; the log group may not be read back' : ''}`;
}

function attempts(all: readonly AttemptSummary[], { paint }: RenderOptions): readonly string[] {
  const lines = all.flatMap((attempt, index) => {
    const { words, colour } = STATUS_WORDS[attempt.status];
    const time = attempt.startedAt === undefined ? 'time not known' : formatTime(attempt.startedAt);
    const error = errorText(attempt.errorType, attempt.errorMessage);
    const text = `${index + 1}  ${time}  ${paint(colour, words)} after ${tookText(attempt)}, ${startText(attempt)}`;
    return [`  ${text}`, ...(error === '' ? [] : escapeLines(error).map((line) => `     ${paint(colour, line)}`))];
  });
  return [paint('bold', 'Attempts'), ...lines];
}

function messages(invocation: InvocationSummary, { paint }: RenderOptions): readonly string[] {
  const rows = invocation.messages.map(
    ({ stream, sequenceNumber }) => `  ${escapeText(sequenceNumber)}  ${paint('dim', escapeText(stream))}`,
  );
  return [paint('bold', `Messages it processed, by sequence number (${rows.length})`), ...rows];
}

/** What times of lines are counted from. */
const originOf = ({ invocation, lines }: InvocationStory): number => invocation.startedAt ?? lines[0]?.timestamp ?? 0;

function log(story: InvocationStory, { paint }: RenderOptions): readonly string[] {
  const rows = story.lines.flatMap((line) => logRows(line, originOf(story), paint));
  const omitted =
    story.linesOmitted > 0 ? [paint('yellow', `  … ${formatCount(story.linesOmitted, 'more line')}`)] : [];
  return [
    paint('bold', `Log (${formatCount(story.lines.length + story.linesOmitted, 'line')}, ms after the start)`),
    ...rows,
    ...omitted,
  ];
}

function logRows(line: StoryLine, origin: number, paint: Paint): readonly string[] {
  const [first = '', ...rest] = escapeLines(line.message);
  const offset = line.timestamp - origin;
  const gutter = `${offset < 0 ? '-' : '+'}${Math.abs(offset)}`.padStart(9);
  const colour = lineColour(line);
  const text = (part: string): string => (colour ? paint(colour, part) : part);
  return [
    `${paint('dim', gutter)}  ${text(first.trimEnd())}`,
    ...rest.map((part) => `${' '.repeat(11)}${text(part.trimEnd())}`),
  ];
}

function lineColour(line: StoryLine): 'dim' | 'red' | 'yellow' | undefined {
  if (line.source === 'platform') return 'dim';
  const level = line.level?.toUpperCase();
  if (level === 'ERROR' || level === 'FATAL' || level === 'CRITICAL') return 'red';
  return level === 'WARN' || level === 'WARNING' ? 'yellow' : undefined;
}
