import type { SearchHit } from '@lamplighter/contracts';
import { holdsText } from '@lamplighter/contracts/holds-text';
import { parseLogEvent } from '@lamplighter/lambda-logs';
import { COMMAND } from '../command-name.ts';
import { escapeText } from '../terminal/escape-text.ts';
import { wrapWords } from '../terminal/fit-row.ts';
import { formatCount, formatTime } from '../terminal/format-value.ts';
import type { Colour, Paint } from '../terminal/paint.ts';
import { cutAround } from './cut-around.ts';

export interface HitsLook {
  /** What was looked for: it is shown in each hit that holds it. */
  readonly text: string;
  readonly paint: Paint;
  /** Columns that a line may fill. */
  readonly width: number;
  /** The options that name the deployment, for commands: ` --stage prod`. Empty of a replay. */
  readonly place: string;
}

const INDENT = '    ';
const COLOURS: Readonly<Partial<Record<SearchHit['kind'], Colour>>> = { error: 'red', finding: 'yellow' };

/** Hits as they come, each in a line that says what it is, when and of whom, and one with the text around what was found; and the command that goes on, from a request where there is one. */
export function renderHits(hits: readonly SearchHit[], look: HitsLook): string {
  const lines = [
    ...hits.flatMap((hit) => [...headOf(hit, look), ...(hit.kind === 'function' ? [] : [bodyOf(hit, look)])]),
    look.paint('dim', formatCount(hits.length, 'hit')),
    ...[hits.find(namesRequest) ?? hits[0]].flatMap((hit) => (hit === undefined ? [] : [goOn(hit, look)])),
  ];
  return `${lines.join('\n')}\n`;
}

function headOf(hit: SearchHit, { paint, width }: HitsLook): readonly string[] {
  const [first = '', ...rest] = wrapWords(partsOf(hit).map(escapeText).join('  '), width - INDENT.length);
  const { kind } = hit;
  const told = first.startsWith(kind) ? first.slice(kind.length) : first;
  return [`${paint(COLOURS[kind] ?? 'cyan', kind)}${told}`, ...rest.map((line) => `${INDENT}${line}`)];
}

function partsOf(hit: SearchHit): readonly string[] {
  switch (hit.kind) {
    case 'line':
      return [hit.kind, formatTime(hit.at), hit.functionName, hit.requestId ?? 'names no request'];
    case 'error':
      return [hit.kind, formatCount(hit.count, 'time'), hit.functionName, hit.requestId];
    case 'request':
      return [hit.kind, ...(hit.functionName === undefined ? [] : [hit.functionName]), hit.requestId];
    case 'message':
      return [hit.kind, hit.stream, hit.sequenceNumber, hit.requestId];
    case 'function':
      return [hit.kind, hit.functionName, hit.detail];
    case 'finding':
      return [hit.kind, hit.findingId];
  }
}

function bodyOf(hit: SearchHit, { text, paint, width }: HitsLook): string {
  const body = escapeText(onOneLine(hit.kind === 'line' ? withoutColumns(hit.detail, text) : hit.detail));
  const { before, match, after } = cutAround(body, escapeText(onOneLine(text)), width - INDENT.length);
  return `${INDENT}${before}${match === '' ? '' : paint('bold', match)}${after}`;
}

/** Time and request stand above it already; where it is their text that was found, they stay. */
function withoutColumns(line: string, text: string): string {
  const record = parseLogEvent({ message: line });
  if (record.kind !== 'application' || !holdsText(record.message, text)) return line;
  return record.level === undefined ? record.message : `${record.level}  ${record.message}`;
}

const namesRequest = (hit: SearchHit): boolean => 'requestId' in hit && hit.requestId !== undefined;

const onOneLine = (text: string): string => text.trim().replace(/\s+/g, ' ');

function goOn(hit: SearchHit, { paint, place }: HitsLook): string {
  const [words, command] = nextOf(hit);
  return `${paint('dim', `${words}:`)} ${COMMAND} ${escapeText(command)}${place}`;
}

function nextOf(hit: SearchHit): readonly [words: string, command: string] {
  if (hit.kind === 'finding') return ['its evidence', `explain ${hit.findingId}`];
  if (hit.kind === 'function' || (hit.kind === 'line' && hit.requestId === undefined))
    return ['its calls', `audit --function ${hit.functionName}`];
  return ['the story of a request', `audit ${hit.requestId}`];
}
