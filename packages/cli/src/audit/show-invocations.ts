import { callAsRun, type RunsOn } from '@lamplighter/pricing';
import { InputError } from '../input-error.ts';
import { lineWidth } from '../terminal/fit-table.ts';
import { formatCount, formatTime } from '../terminal/format-value.ts';
import { createProgress } from '../terminal/progress.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { rangeOrLastDay, readTimeOptions, type TimeOptions } from './arguments/time-options.ts';
import { filterInvocations } from './filter-invocations.ts';
import type { InvocationFilter } from './invocation-filter.ts';
import { type InvocationsPage, type ListRequest, listInvocations, MOST_AT_ONCE } from './list-invocations.ts';
import { invocationLines } from './render/render-lists.ts';
import type { RenderOptions } from './render/render-story.ts';
import type { AuditSource } from './source/audit-source.ts';

/** How the invocations of a function are asked for. */
export interface InvocationsAsked extends TimeOptions {
  readonly function: string;
  /** Most invocations that are shown: 1000 of a deployment, all of a replay where absent. */
  readonly limit?: number;
  readonly json?: true;
  /** Those that are wanted; all where absent. */
  readonly filter?: InvocationFilter;
}

/**
 * Prints a function's invocations page by page, oldest first, and gives how many were looked at: of a deployment the newest of the last day, or from
 * `--since` on; where they are filtered, how many were left out. At the limit, says so and how to go on.
 */
export async function showInvocations(
  source: AuditSource,
  asked: InvocationsAsked,
  terminal: Terminal,
  look: RenderOptions,
): Promise<number> {
  const request = requestOf(source, asked, (await source.now?.()) ?? terminal.now());
  if (asked.filter !== undefined)
    return showFiltered(source, request, { ...asked, filter: asked.filter }, { terminal, look });
  const its = await priceOf(source, asked);
  let count = 0;
  let cut: InvocationsPage | undefined;
  let firstAt: number | undefined;
  for await (const page of listInvocations(source, request)) {
    const invocations = page.invocations.map((each) => callAsRun(each, its));
    printPage(invocations, { asked, terminal, look, isFirst: count === 0 });
    count += page.invocations.length;
    firstAt ??= page.invocations[0]?.startedAt;
    if (page.isCut) cut = page;
  }
  if (count === 0) return 0;
  terminal.out(asked.json ? ']}\n' : `${look.paint('dim', formatCount(count, 'invocation'))}\n`);
  const lastAt = cut?.invocations.at(-1)?.startedAt;
  if (lastAt !== undefined) terminal.err(`${request.isNewest ? tellBefore(firstAt ?? lastAt) : tellAfter(lastAt)}\n`);
  return count;
}

async function showFiltered(
  source: AuditSource,
  request: ListRequest,
  { filter, ...asked }: InvocationsAsked & { readonly filter: InvocationFilter },
  { terminal, look }: Pick<Printing, 'terminal' | 'look'>,
): Promise<number> {
  const progress = createProgress(terminal);
  const { invocations, lookedAt, cutAt } = await filterInvocations(source, request, filter, (count) =>
    progress.update(`looking through ${formatCount(count, 'invocation')}`),
  ).finally(progress.stop);
  if (lookedAt === 0) return 0;
  if (asked.json) {
    const its = await priceOf(source, asked);
    terminal.out(`${JSON.stringify({ invocations: invocations.map((each) => callAsRun(each, its)), lookedAt })}\n`);
  } else {
    printPage(invocations, { asked, terminal, look, isFirst: true });
    const leftOut = (lookedAt - invocations.length).toLocaleString('en-US');
    const words = `of ${formatCount(lookedAt, 'invocation')} ${filter.words}; ${leftOut} left out`;
    terminal.out(`${look.paint('dim', `${invocations.length.toLocaleString('en-US')} ${words}`)}\n`);
  }
  if (cutAt !== undefined) terminal.err(`${request.isNewest ? tellBefore(cutAt) : tellAfter(cutAt)}\n`);
  return lookedAt;
}

/** What the function runs on, for its calls' costs, which are told to machines alone. */
const priceOf = async (source: AuditSource, asked: InvocationsAsked): Promise<RunsOn> =>
  (asked.json && (await source.runsOn?.({ functionName: asked.function }))) || {};

interface Printing {
  readonly asked: InvocationsAsked;
  readonly terminal: Terminal;
  readonly look: RenderOptions;
  readonly isFirst: boolean;
}

function printPage(invocations: InvocationsPage['invocations'], { asked, terminal, look, isFirst }: Printing): void {
  if (invocations.length === 0) return;
  const texts = invocations.map((each) => JSON.stringify(each)).join(',');
  terminal.out(
    asked.json
      ? `${isFirst ? '{"invocations":[' : ','}${texts}`
      : `${invocationLines(invocations, { paint: look.paint, width: lineWidth(terminal) }).join('\n')}\n`,
  );
}

const tellBefore = (time: number): string =>
  `These are the newest; there may be more before ${formatTime(time)}: go back with --until ${asTyped(time)}, or name a --since.`;

const tellAfter = (time: number): string =>
  `There may be more from ${formatTime(time)} on: go on with --since ${asTyped(time)}, or raise --limit.`;

const asTyped = (epochMs: number): string => new Date(epochMs).toISOString();

function requestOf(source: AuditSource, asked: InvocationsAsked, now: number): ListRequest {
  const { function: functionName, json, limit } = asked;
  const withoutMessages = json !== true;
  if (source.isLocal) {
    const all = { limit: limit ?? Number.POSITIVE_INFINITY, isNewest: false, withoutMessages };
    return { functionName, ...readTimeOptions(asked, now), ...all };
  }
  const isNewest = asked.since === undefined;
  if (isNewest && limit !== undefined && limit > MOST_AT_ONCE)
    throw new InputError(
      'usage',
      `The newest are given ${MOST_AT_ONCE} at a time.`,
      'Name a --since, from which on they are read.',
    );
  return {
    functionName,
    ...rangeOrLastDay(asked, now),
    ...{ limit: limit ?? MOST_AT_ONCE, isNewest, withoutMessages },
  };
}
