import type { InvocationSummary } from '@lamplighter/contracts';
import { STATUS_WORDS } from '../audit/render/status-words.ts';
import { COMMAND } from '../command-name.ts';
import { escapeText } from '../terminal/escape-text.ts';
import { formatCount } from '../terminal/format-value.ts';
import type { Paint } from '../terminal/paint.ts';
import type { ReplayOutcome } from './run-replay.ts';

const NO_INVOCATION =
  'no invocation audited: none of it names a request; take more of the log group, with its START, END and REPORT records (platform.* in JSON)';

/** A replay's figures for a person. */
export function renderReplay(
  { summary, invocations, rejected, notes }: ReplayOutcome,
  out: string | undefined,
  paint: Paint,
): string {
  const {
    events,
    platformRecords,
    applicationLines,
    complete,
    incomplete,
    completenessPct,
    door,
    seconds,
    lost,
    repeated,
  } = summary;
  const lines = [
    `${paint('bold', formatCount(events, 'event'))} replayed through the ${door} door in ${seconds} s: ${formatCount(platformRecords, 'platform record')}, ${formatCount(applicationLines, 'application line')}`,
    ...(summary.invocations === 0
      ? [paint('yellow', NO_INVOCATION)]
      : [
          `${paint('bold', formatCount(summary.invocations, 'invocation'))} audited: ${statusCounts(invocations, paint)}`,
          `${formatCount(complete, 'complete', 'complete')} (${completenessPct} %)${incomplete > 0 ? paint('yellow', `, ${incomplete} with parts that the logs do not hold`) : ''}`,
        ]),
    ...(lost > 0
      ? [paint('red', `${formatCount(lost, 'attempt')} of the logs ${lost === 1 ? 'is' : 'are'} not in the audit`)]
      : []),
    ...(repeated > 0 ? [`${formatCount(repeated, 'event')} came more than once in the files and count once`] : []),
    ...rejected.map(
      ({ reason, count, file, detail }) =>
        `${paint('yellow', `${count.toLocaleString('en-US')} rejected`)} ${reason} in ${escapeText(file)}: ${paint('dim', escapeText(detail))}`,
    ),
    ...notes.map((note) => paint('dim', escapeText(note))),
    ...(out === undefined ? [] : [`audit written to ${escapeText(out)}`]),
    ...suggestions(invocations, paint),
  ];
  return `${lines.join('\n')}\n`;
}

/** `72 succeeded, 2 failed`: the most frequent first. */
export function statusCounts(invocations: readonly InvocationSummary[], paint: Paint): string {
  const counts = Map.groupBy(invocations, ({ status }) => status);
  return [...counts]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([status, all]) =>
      paint(STATUS_WORDS[status].colour, `${all.length.toLocaleString('en-US')} ${STATUS_WORDS[status].words}`),
    )
    .join(', ');
}

function suggestions(invocations: readonly InvocationSummary[], paint: Paint): readonly string[] {
  const interesting = invocations.find(({ status }) => status !== 'success' && status !== 'unknown') ?? invocations[0];
  if (!interesting) return [];
  return ['', `${paint('dim', 'kept for later:')} ${COMMAND} audit ${escapeText(interesting.requestId)}`];
}
