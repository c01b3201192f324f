import { isLambdaRecord, startsPlatformRecord } from '../lambda-record.ts';

/** A line taken apart: what stood before the message, and the message. */
export interface PrefixedLine {
  /** Epoch milliseconds. */
  readonly timestamp?: number;
  readonly logGroup?: string;
  readonly logStream?: string;
  readonly message: string;
  /** Kind of time written: lines of one file have one kind, so a message that begins with another kind of time is left whole. */
  readonly signature: string;
}

/** How a tool writes a log event as one line of text. */
export interface PrefixStyle {
  readonly name: string;
  parse(line: string): PrefixedLine | undefined;
}

const DATE_TIME =
  '(?<date>\\d{4}-\\d\\d-\\d\\d)(?<gap>[T ])(?<time>\\d\\d:\\d\\d:\\d\\d)(?<fraction>[.,]\\d{1,9})?(?<zone>Z| UTC| ?\\([+-]\\d\\d:?\\d\\d\\)|[+-]\\d\\d:?\\d\\d)?';
const STREAM = '(?<stream>\\d{4}/\\d\\d/\\d\\d/[^\\s\\[\\]]*\\[[^\\]]+\\][0-9a-f]{32})';
/** Console copies may begin with the arrow that folds a row. */
const ARROW = '^[▶▼►▾▸]?\\s?';

/** In order of how much they tell: the first of equally good styles is taken. */
export const PREFIX_STYLES: readonly PrefixStyle[] = [
  /** `aws logs tail`: time, stream. */
  style('aws-logs-tail', `^${DATE_TIME} ${STREAM} (?<message>.*)$`),
  /** `sam logs`: stream, time. */
  style('sam-logs', `^${STREAM} ${DATE_TIME} (?<message>.*)$`),
  /** The awslogs tool: group, stream and perhaps time. */
  style('awslogs', `^(?<group>/[\\w./#-]+) ${STREAM} (?:${DATE_TIME} )?(?<message>.*)$`),
  /** A row of a Logs Insights or console table. */
  style('table', `^\\s*\\|\\s*(?:${DATE_TIME}|(?<epoch>\\d{13}))\\s*\\|\\s?(?<message>.*?)\\s*(?:\\|\\s*)?$`),
  /** `aws logs tail --format short`, `sls logs`, console copies. */
  style('time', `${ARROW}${DATE_TIME}(?<separator>\\t| {1,4})(?<message>.*)$`),
  style('epoch', `^(?<epoch>\\d{13})(?<separator>\\t| {1,4}|,)(?<message>.*)$`),
  /** AWS samples mask their times. */
  style('masked-time', '^\\s*X{4}-XX-XXTXX:XX:XX\\.XXX-XX:XX\\s+(?<message>.*)$'),
];

/** A line of an S3 export: `2020-10-21T21:57:08.463Z message`; anything else continues the event before. */
export const EXPORT_STYLE: PrefixStyle = style(
  'export',
  '^(?<date>\\d{4}-\\d\\d-\\d\\d)(?<gap>T)(?<time>\\d\\d:\\d\\d:\\d\\d)(?<fraction>\\.\\d{3})(?<zone>Z) (?<message>.*)$',
);

/** Lines that are a time alone, with the message on the lines below: an expanded console view. */
const TIME_ALONE = new RegExp(`${ARROW}${DATE_TIME}\\s*$`);

export type TextLayout =
  | { readonly kind: 'prefixed'; readonly style: PrefixStyle; readonly signature: string }
  | { readonly kind: 'time-above' }
  | { readonly kind: 'bare' };

/**
 * How a text lays its events out, judged from its first lines. Platform records decide (they begin nowhere but at the start of a
 * message); without any, a style must fit more than half of the lines.
 */
export function detectLayout(lines: readonly string[]): TextLayout {
  const candidates = [...PREFIX_STYLES.map((each) => scoreStyle(each, lines)), scoreTimeAbove(lines)];
  const best = candidates.reduce((a, b) => (b.records > a.records ? b : a));
  const bare = lines.filter((line) => startsPlatformRecord(line.trimStart())).length;
  const unexplained = best.layout.kind === 'time-above' ? bare - best.records : bare;
  if (best.records > unexplained) return best.layout;
  if (bare > 0) return { kind: 'bare' };
  const written = lines.filter((line) => line.trim() !== '' && !isLambdaRecord(line)).length;
  return candidates.find((each) => each.lines > 0 && each.lines * 2 > written)?.layout ?? { kind: 'bare' };
}

/** The time of a line that is nothing but a time. */
export function parseTimeAlone(line: string): number | undefined {
  const groups = TIME_ALONE.exec(line)?.groups;
  return groups ? toEpochMs(groups) : undefined;
}

/** Takes a line apart where it has the layout's prefix. */
export function parsePrefixed(
  layout: { readonly style: PrefixStyle; readonly signature: string },
  line: string,
): PrefixedLine | undefined {
  const parsed = layout.style.parse(line);
  return parsed?.signature === layout.signature ? parsed : undefined;
}

interface Score {
  readonly layout: TextLayout;
  readonly records: number;
  readonly lines: number;
}

function scoreStyle(candidate: PrefixStyle, lines: readonly string[]): Score {
  const bySignature = new Map<string, { records: number; lines: number }>();
  for (const line of lines) {
    const parsed = candidate.parse(line);
    if (!parsed) continue;
    const count = bySignature.get(parsed.signature) ?? { records: 0, lines: 0 };
    if (startsPlatformRecord(parsed.message) || isPlatformJson(parsed.message)) count.records++;
    if (!isLambdaRecord(line)) count.lines++;
    bySignature.set(parsed.signature, count);
  }
  const ranked = [...bySignature].sort(([, a], [, b]) => b.records - a.records || b.lines - a.lines);
  const [signature, count] = ranked[0] ?? ['', { records: 0, lines: 0 }];
  return { layout: { kind: 'prefixed', style: candidate, signature }, ...count };
}

function scoreTimeAbove(lines: readonly string[]): Score {
  const alone = lines.map((line) => parseTimeAlone(line) !== undefined);
  const below = (index: number): string => lines[index + 1]?.trimStart() ?? '';
  const times = lines.flatMap((_, index) => (alone[index] ? [below(index)] : []));
  const records = times.filter((text) => startsPlatformRecord(text) || isPlatformJson(text)).length;
  return { layout: { kind: 'time-above' }, records, lines: times.length * 2 };
}

function isPlatformJson(text: string): boolean {
  return text.startsWith('{') && isLambdaRecord(text);
}

function style(name: string, pattern: string): PrefixStyle {
  const expression = new RegExp(pattern, 's');
  return {
    name,
    parse(line) {
      const groups = expression.exec(line)?.groups;
      if (!groups) return undefined;
      const timestamp = toEpochMs(groups);
      if (groups.date !== undefined && timestamp === undefined) return undefined;
      return {
        ...(timestamp === undefined ? {} : { timestamp }),
        ...(groups.group ? { logGroup: groups.group } : {}),
        ...(groups.stream ? { logStream: groups.stream } : {}),
        message: groups.message ?? '',
        signature: signatureOf(groups),
      };
    },
  };
}

type Groups = Readonly<Record<string, string | undefined>>;

function signatureOf(groups: Groups): string {
  const zone = groups.zone?.replace(/\d/g, '0').replace('-', '+') ?? '';
  return [groups.epoch ? 'epoch' : '', groups.gap ?? '', zone, groups.separator === '\t' ? 'tab' : ''].join('|');
}

/** A time without a zone is read as UTC: Logs Insights and `sam logs` write it so. */
function toEpochMs(groups: Groups): number | undefined {
  if (groups.epoch) return Number(groups.epoch);
  if (!groups.date || !groups.time) return undefined;
  const zone = groups.zone?.replace(/[\s()]/g, '').replace('UTC', 'Z') || 'Z';
  const fraction = (groups.fraction ?? '.0').replace(',', '.').slice(0, 4);
  const timestamp = Date.parse(
    `${groups.date}T${groups.time}${fraction}${zone.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2')}`,
  );
  return Number.isNaN(timestamp) ? undefined : timestamp;
}

/** Epoch milliseconds of a time as CloudWatch's tools write it: epoch milliseconds, or a date and time with or without a zone. */
export function parseTime(text: string): number | undefined {
  const trimmed = text.trim();
  if (/^\d{13}$/.test(trimmed)) return Number(trimmed);
  return parseTimeAlone(trimmed);
}
