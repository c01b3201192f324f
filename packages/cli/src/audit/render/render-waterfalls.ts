import type { InvocationStory } from '@lamplighter/contracts';
import {
  type Bar,
  longestRows,
  type RequestWaterfall,
  requestWaterfalls,
  type WaterfallRow,
} from '@lamplighter/diagnosis/waterfall';
import { escapeText } from '../../terminal/escape-text.ts';
import { shorten } from '../../terminal/fit-table.ts';
import { formatCount, formatDuration } from '../../terminal/format-value.ts';
import type { Paint } from '../../terminal/paint.ts';

/** A person reads no more; the rest is counted. */
const MOST_ROWS = 100;
const DEEPEST = 12;
/** What stands beside the bars and the names: when, how long, and what parts them. */
const FIGURES_WIDTH = 26;
/** Columns where no window says how many there are. */
const USUAL_WIDTH = 100;
/** Of a narrower window bars would take what the names need. */
const LEAST_WIDTH = 60;
const SHORTEST_NAME = 12;

interface Look {
  readonly paint: Paint;
  /** Columns that a line may fill. */
  readonly width: number;
}

/** Where the time of a request went, attempt by attempt: when each span began, how long it took, its bar in the time of the request, what it was. Empty where none are known. */
export function renderWaterfalls(story: InvocationStory, look: Look): readonly string[] {
  return requestWaterfalls(story).flatMap((waterfall, at) => [
    ...(at > 0 ? [''] : []),
    ...linesOf(waterfall, story.attempts.length > 1 ? `, attempt ${waterfall.attempt}` : '', look),
  ]);
}

function linesOf({ rows, spans }: RequestWaterfall, which: string, look: Look): readonly string[] {
  const shown = longestRows(rows, MOST_ROWS);
  const omitted = rows.length - shown.length;
  return [
    look.paint('bold', `Where the time went${which} (${formatCount(spans, 'span')}, ms after the start)`),
    ...shown.flatMap((row) => rowLines(row, look)),
    ...(omitted > 0 ? [look.paint('yellow', `  … ${formatCount(omitted, 'row')} that took less`)] : []),
  ];
}

function rowLines(row: WaterfallRow, { paint, width }: Look): readonly string[] {
  const { kind, startMs, durationMs, failure } = row;
  const columns = barColumns(width);
  const offset = Math.round(startMs);
  const gutter = `${offset < 0 ? '-' : '+'}${Math.abs(offset)}`.padStart(9);
  const took = formatDuration(durationMs).padStart(11);
  const bar = columns === 0 ? '' : `${drawn(row.bars, columns, GLYPHS[kind])}  `;
  const room = Math.max(SHORTEST_NAME, width - FIGURES_WIDTH - columns);
  const indent = '  '.repeat(Math.min(row.depth, DEEPEST));
  const name = shorten(`${indent}${failure === undefined ? '' : '✗ '}${nameOf(row)}`, room);
  const line = `${paint('dim', gutter)}  ${took}  `;
  if (failure === undefined) return [`${line}${kind === 'span' ? bar : paint('dim', bar)}${name}`];
  const below = ' '.repeat(FIGURES_WIDTH - 2) + shorten(escapeText(failure), width - FIGURES_WIDTH + 2);
  return [`${line}${paint('red', `${bar}${name}`)}`, paint('red', below)];
}

function nameOf({ kind, name, calls, failures }: WaterfallRow): string {
  if (kind !== 'repeated') return escapeText(name);
  return `${calls} × ${escapeText(name)}${failures > 0 ? ` (${failures} failed)` : ''}`;
}

/** Told apart without colours. */
const GLYPHS: Readonly<Record<WaterfallRow['kind'], string>> = {
  init: '▒',
  restore: '▒',
  handler: '─',
  'own-code': '░',
  span: '█',
  repeated: '▓',
};

/** A third of what the figures leave; none in a narrow window. */
function barColumns(width: number): number {
  if (width < LEAST_WIDTH) return 0;
  return Math.floor(((Number.isFinite(width) ? width : USUAL_WIDTH) - FIGURES_WIDTH) / 3);
}

/** A bar has a column at least. */
function drawn(bars: readonly Bar[], columns: number, glyph: string): string {
  const cells = Array.from({ length: columns }, () => ' ');
  for (const { leftPct, widthPct } of bars) {
    const from = Math.min(columns - 1, Math.floor((leftPct / 100) * columns));
    const to = Math.max(from + 1, Math.round(((leftPct + widthPct) / 100) * columns));
    cells.fill(glyph, from, to);
  }
  return cells.join('');
}
