import type { AuditAnswer, InvocationSummary } from '@lamplighter/contracts';
import { escapeText } from '../../terminal/escape-text.ts';
import { formatCount, formatDuration, formatTime } from '../../terminal/format-value.ts';
import type { RenderOptions } from './render-story.ts';
import { STATUS_WORDS } from './status-words.ts';

export type AuditMessage = Extract<AuditAnswer, { kind: 'messages' }>['messages'][number];

/** No longer id moves the columns of all the others. */
const UUID_LENGTH = 36;

/** Invocations of a function, one a line. */
export function invocationLines(
  invocations: readonly InvocationSummary[],
  { paint }: Pick<RenderOptions, 'paint'>,
): readonly string[] {
  const longest = invocations.reduce((most, { requestId }) => Math.max(most, escapeText(requestId).length), 0);
  const width = Math.min(longest, UUID_LENGTH);
  return invocations.map((invocation) => {
    const { words, sign, colour } = STATUS_WORDS[invocation.status];
    const time = invocation.startedAt === undefined ? 'time not known             ' : formatTime(invocation.startedAt);
    const took = invocation.durationMs === undefined ? '?' : formatDuration(invocation.durationMs);
    const notes = [
      invocation.coldStart ? 'cold' : '',
      invocation.attempts > 1 ? formatCount(invocation.attempts, 'attempt') : '',
      invocation.errorType ?? '',
    ];
    const note = notes.filter((text) => text !== '').join(', ');
    return [
      paint(colour, sign),
      time,
      escapeText(invocation.requestId).padEnd(width),
      took.padStart(11),
      paint(colour, words),
      paint('dim', escapeText(note)),
    ]
      .join('  ')
      .trimEnd();
  });
}

/** Messages in their incoming order, each with the request that processed it. */
export function renderMessages(messages: readonly AuditMessage[], { paint }: RenderOptions): string {
  const rows = messages.map((message) => {
    const { words, sign, colour } = STATUS_WORDS[message.status];
    const by = `${escapeText(message.functionName ?? 'a function')} ${words}`;
    return `${paint(colour, sign)}  ${escapeText(message.sequenceNumber)}  ${escapeText(message.requestId)}  ${paint(colour, by)}  ${paint('dim', escapeText(message.stream))}`;
  });
  return `${[...rows, paint('dim', formatCount(messages.length, 'message'))].join('\n')}\n`;
}
