import type { Finding } from '@lamplighter/contracts';
import { summarise } from '@lamplighter/diagnosis';
import { COMMAND } from '../command-name.ts';
import { escapeText } from '../terminal/escape-text.ts';
import { wrapWords } from '../terminal/fit-row.ts';
import { formatCount } from '../terminal/format-value.ts';

/** Under which a title goes on that finds no room. */
const INDENT = 10;

/** Findings as they come, and the command that goes on from the last of them; titles go on below within `width` columns, ids are never broken. `place` names the deployment. */
export function renderFindings(findings: readonly Finding[], width: number, place: string): string {
  const newest = findings.at(-1);
  const lines = [
    ...findings.flatMap((finding) => summarise(finding).split('\n')).flatMap((line) => fitted(line, width)),
    formatCount(findings.length, 'finding'),
    ...(newest === undefined
      ? []
      : [`the evidence of one: ${COMMAND} explain ${escapeText(newest.findingId)}${place}`]),
  ];
  return `${lines.join('\n')}\n`;
}

function fitted(line: string, width: number): readonly string[] {
  const below = ' '.repeat(INDENT);
  return wrapWords(line.trimStart(), width - INDENT).map((part, at) =>
    at === 0 && !line.startsWith(' ') ? part : `${below}${part}`,
  );
}
