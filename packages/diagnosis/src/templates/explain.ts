import type { Evidence, Finding } from '@lamplighter/contracts';
import { escapedText } from './visible-text.ts';

/** Wider text is no easier to read. */
const WIDTH = 100;

/**
 * A finding for a terminal: what it is, since when, why, what speaks for it and what to look at. Text that came from logs stays data: controls, marks of
 * direction and line ends in it are shown as codes, so that it can neither paint the screen nor pass for a line of ours. Sentences go on below within `width`
 * columns; names, ids and commands are never broken.
 */
export function explain(finding: Finding, width = WIDTH): string {
  const wrapped = (text: string, indent: string): string[] => wrappedTo(width, text, indent);
  const { severity, state, openedAt, resolvedAt, confidence } = finding;
  const since = `${state === 'open' ? 'since' : 'from'} ${timeOf(openedAt)}${resolvedAt === undefined ? '' : ` to ${timeOf(resolvedAt)}`}`;
  const blocks = [
    ...wrapped(`${severity.toUpperCase()}  ${escapedText(finding.title)}`, ''),
    ...wrapped(`${finding.class}, ${state}, ${since}; confidence ${Math.round(confidence * 100)} %`, ''),
    '',
    ...wrapped(escapedText(finding.explanation), ''),
    ...listOf(
      'Evidence',
      finding.evidence.flatMap((each) => evidenceLines(each, wrapped)),
    ),
    ...listOf(
      'Likely causes',
      finding.causes.flatMap(({ kind, name, share, evidence }, index) => [
        ...wrapped(
          `${index + 1}. ${escapedText(name)} (${kind}${share === undefined ? '' : `, explains ${Math.round(share * 100)} %`})`,
          '  ',
        ),
        ...evidence.flatMap((each) => wrapped(escapedText(each.text), '     ')),
      ]),
    ),
    ...listOf(
      'Look at',
      finding.lookAt.flatMap(({ text, command, url }) => [
        `  ${escapedText(text)}`,
        ...(command === undefined ? [] : [`    ${escapedText(command)}`]),
        ...(url === undefined ? [] : [`    ${escapedText(url)}`]),
      ]),
    ),
    '',
    `  ${escapedText(finding.findingId)}`,
  ];
  return `${blocks.join('\n')}\n`;
}

/** One line of a list of findings. */
export function summarise({ severity, state, openedAt, title, findingId }: Finding): string {
  const time = timeOf(openedAt);
  return `${severity.padEnd(8)}  ${state.padEnd(8)}  ${time}  ${escapedText(title)}\n          ${escapedText(findingId)}`;
}

function evidenceLines(
  { text, requestIds = [], traceIds = [] }: Evidence,
  wrapped: (text: string, indent: string) => string[],
): string[] {
  const ids = [...requestIds.map((id) => `request ${id}`), ...traceIds.map((id) => `trace ${id}`)];
  return [...wrapped(`- ${escapedText(text)}`, '  '), ...ids.map((id) => `    ${escapedText(id)}`)];
}

const listOf = (title: string, lines: readonly string[]): string[] => (lines.length === 0 ? [] : ['', title, ...lines]);

const timeOf = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

function wrappedTo(width: number, text: string, indent: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent.length + line.length + 1 + word.length > width) {
      lines.push(indent + line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, indent + line];
}
