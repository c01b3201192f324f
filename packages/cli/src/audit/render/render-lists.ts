import type { AuditAnswer, InvocationSummary } from '@lamplighter/contracts';
import { escapeText } from '../../terminal/escape-text.ts';
import { shorten } from '../../terminal/fit-table.ts';
import { formatCount, formatDuration, formatTime } from '../../terminal/format-value.ts';
import type { RenderOptions } from './render-story.ts';
import { STATUS_WORDS } from './status-words.ts';

export type AuditMessage = Extract<AuditAnswer, { kind: 'messages' }>['messages'][number];

/** No longer id moves the columns of all the others. */
const UUID_LENGTH = 36;

/** Below this a line has no room for the day: it stands above the lines of the day. */
const ROOM_FOR_DAY = 100;
/** `1970-01-01` */
const DAY_LENGTH = 10;

export type ListLook = Pick<RenderOptions, 'paint' | 'width'>;

/** Invocations of a function, one a line; in a narrow window below the day that they are of. */
export function invocationLines(
  invocations: readonly InvocationSummary[],
  { paint, width = Number.POSITIVE_INFINITY }: ListLook,
): readonly string[] {
  const longest = invocations.reduce((most, { requestId }) => Math.max(most, escapeText(requestId).length), 0);
  const look = { paint, width, idWidth: Math.min(longest, UUID_LENGTH) };
  let day = '';
  return invocations.flatMap((invocation) => {
    const line = invocationLine(invocation, look);
    const on = invocation.startedAt === undefined ? day : formatTime(invocation.startedAt).slice(0, DAY_LENGTH);
    if (width >= ROOM_FOR_DAY || on === day) return [line];
    day = on;
    return [paint('dim', `${on} UTC`), line];
  });
}

function invocationLine(
  invocation: InvocationSummary,
  { paint, width, idWidth }: Required<ListLook> & { readonly idWidth: number },
): string {
  const { startedAt, durationMs, requestId } = invocation;
  const isNarrow = width < ROOM_FOR_DAY;
  const gap = isNarrow ? ' ' : '  ';
  const { words, sign, colour } = STATUS_WORDS[invocation.status];
  const whole = startedAt === undefined ? 'time not known             ' : formatTime(startedAt);
  const narrow = startedAt === undefined ? 'not known   ' : whole.slice(DAY_LENGTH + 1, -' UTC'.length);
  const took = (durationMs === undefined ? '?' : formatDuration(durationMs)).padStart(isNarrow ? 10 : 11);
  const before = [isNarrow ? narrow : whole, escapeText(requestId).padEnd(idWidth), took].join(gap);
  const room = width - sign.length - before.length - words.length - 3 * gap.length;
  const note = room < SHORTEST_NOTE ? '' : shorten(escapeText(noteOn(invocation)), room);
  return [paint(colour, sign), before, paint(colour, words), paint('dim', note)].join(gap).trimEnd();
}

const SHORTEST_NOTE = 4;

const noteOn = ({ coldStart, attempts, errorType }: InvocationSummary): string =>
  [coldStart ? 'cold' : '', attempts > 1 ? formatCount(attempts, 'attempt') : '', errorType ?? '']
    .filter((text) => text !== '')
    .join(', ');

/** Messages in their incoming order, each with the request that processed it. */
export function renderMessages(messages: readonly AuditMessage[], { paint }: RenderOptions): string {
  const rows = messages.map((message) => {
    const { words, sign, colour } = STATUS_WORDS[message.status];
    const by = `${escapeText(message.functionName ?? 'a function')} ${words}`;
    return `${paint(colour, sign)}  ${escapeText(message.sequenceNumber)}  ${escapeText(message.requestId)}  ${paint(colour, by)}  ${paint('dim', escapeText(message.stream))}`;
  });
  return `${[...rows, paint('dim', formatCount(messages.length, 'message'))].join('\n')}\n`;
}
