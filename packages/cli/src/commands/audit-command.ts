import { type Command, Option } from 'commander';
import { parseSequenceArgument } from '../audit/arguments/sequence-argument.ts';
import type { TimeOptions } from '../audit/arguments/time-options.ts';
import type { FindingAround } from '../audit/around-request.ts';
import { askAround } from '../audit/ask-around.ts';
import { askMessages } from '../audit/ask-audit.ts';
import { findStory, type NotFound } from '../audit/find-story.ts';
import { functionsThere } from '../audit/functions-there.ts';
import { type FilterOptions, filterOf, STATUSES } from '../audit/invocation-filter.ts';
import { MOST_AT_ONCE } from '../audit/list-invocations.ts';
import { renderAround } from '../audit/render/render-around.ts';
import { type AuditMessage, renderMessages } from '../audit/render/render-lists.ts';
import { type RenderOptions, renderStory } from '../audit/render/render-story.ts';
import { showInvocations } from '../audit/show-invocations.ts';
import type { AuditSource } from '../audit/source/audit-source.ts';
import { withAudit } from '../audit/source/with-audit.ts';
import { storyAsRun } from '../audit/story-as-run.ts';
import { takeFirst } from '../audit/take-first.ts';
import { type DeploymentOptions, placeOf } from '../deployment/with-deployment.ts';
import { InputError } from '../input-error.ts';
import { readCount, readDuration, readFunctionName } from '../option-values.ts';
import { EXIT } from '../program-error.ts';
import { escapeText } from '../terminal/escape-text.ts';
import { lineWidth } from '../terminal/fit-table.ts';
import { paintFor } from '../terminal/paint.ts';
import { createProgress } from '../terminal/progress.ts';
import type { CommandContext } from './command-context.ts';
import { inDeployment } from './options.ts';

interface AuditCommandOptions extends DeploymentOptions, TimeOptions, FilterOptions {
  readonly function?: string;
  readonly sequence?: string;
  readonly limit?: number;
}

/** Adds `audit` to the program. */
export function addAudit(program: Command, context: CommandContext): void {
  const audit = program
    .command('audit')
    .description('the story of one request; by default from the last replay')
    .argument('[request-id]', 'a request ID, or the beginning of one')
    .option('--function <name>', 'the invocations of a function', readFunctionName)
    .option(
      '--since <time>',
      'with --function: not before (2h, 2026-11-21, 2026-11-21T09:00:00Z); a day before --until, of a deployment',
    )
    .option('--until <time>', 'with --function: before')
    .option('--failed', 'with --function: those alone that failed, timed out, ran out of memory or failed to start')
    .addOption(new Option('--status <status>', 'with --function: those alone that ended so').choices(STATUSES))
    .option('--slower-than <duration>', 'with --function: those alone that took longer (500ms, 2s, 1m)', readDuration)
    .option(
      '--limit <n>',
      'with --function or --sequence: most that are shown (1000 of a deployment, all of a replay)',
      readCount,
    )
    .option('--sequence <stream[:seq]>', 'the messages of a stream, in order, or one of them');
  inDeployment(audit, 'ingestion').action((requestId: string | undefined, options: AuditCommandOptions) =>
    auditCommand(requestId, options, context),
  );
}

/** `lamplighter audit`: the story of one request, of a function's invocations, or of a stream's messages. */
async function auditCommand(
  requestId: string | undefined,
  options: AuditCommandOptions,
  context: CommandContext,
): Promise<void> {
  const asked = [requestId, options.function, options.sequence].filter((value) => value !== undefined);
  const isBlank = asked.some((value) => value.trim() === '');
  if (asked.length !== 1 || isBlank) {
    throw new InputError(
      'usage',
      'Ask for one thing: a REQUEST_ID, --function NAME, or --sequence STREAM[:SEQ].',
      'See lamplighter audit --help.',
    );
  }
  if (options.function === undefined && (options.since ?? options.until) !== undefined)
    throw new InputError('usage', '--since and --until go with --function.', 'Leave them out.');
  const filter = filterOf(options);
  if (options.function === undefined && filter !== undefined)
    throw new InputError('usage', '--failed, --status and --slower-than go with --function.', 'Leave them out.');
  if (requestId !== undefined && options.limit !== undefined)
    throw new InputError('usage', '--limit goes with a list.', 'Leave it out: a request is told whole.');
  await withAudit(options, context.terminal, async (source) => {
    if (requestId !== undefined) await showStory(source, requestId, options, context);
    else if (options.function !== undefined) await showFunction(source, options.function, options, context);
    else await showMessages(source, options.sequence ?? '', options, context);
  });
}

async function showStory(
  source: AuditSource,
  requestId: string,
  options: AuditCommandOptions,
  context: CommandContext,
): Promise<void> {
  const progress = createProgress(context.terminal);
  const answer = await findStory(source, requestId, progress.update).finally(progress.stop);
  if (answer.kind === 'not-found') {
    notThere(tellNotFound(requestId, source, answer), context);
    return;
  }
  const { story, pricedFor } = await storyAsRun(source, answer.story);
  const around = await askAround(source, story.invocation, context.terminal);
  if (options.json)
    return print(
      {
        ...story,
        ...(pricedFor && { pricedFor }),
        ...(around && { findings: around.findings.map(asJson), changes: around.changes }),
      },
      context,
    );
  const look = await renderOptions(source, context);
  context.terminal.out(
    renderStory(story, { ...look, pricedFor }) + (around ? renderAround(around, look.paint, placeOf(options)) : ''),
  );
}

function tellNotFound(requestId: string, source: AuditSource, { nearest, lookedThrough }: NotFound): string {
  const bound =
    lookedThrough === undefined
      ? ''
      : ` Only the newest ${lookedThrough.toLocaleString('en-US')} were looked through for one that begins so: type the whole ID.`;
  const alike = nearest.length > 0 ? ` Nearest: ${nearest.join(', ')}.` : '';
  return `No request ${requestId} in ${source.name}.${bound}${alike}`;
}

/** Ids and words; the rest is told by `explain` and `repairs`. */
const asJson = ({ finding, isNamed, repairs }: FindingAround) => ({
  ...{ findingId: finding.findingId, class: finding.class, state: finding.state, title: finding.title, isNamed },
  repairs: repairs.map(({ remediationId, state, title }) => ({ remediationId, state, title })),
});

async function showFunction(
  source: AuditSource,
  functionName: string,
  options: AuditCommandOptions,
  context: CommandContext,
): Promise<void> {
  const filter = filterOf(options);
  const asked = { ...options, function: functionName, ...(filter !== undefined && { filter }) };
  const count = await showInvocations(source, asked, context.terminal, await renderOptions(source, context));
  if (count > 0) return;
  const isBounded = (options.since ?? options.until) !== undefined;
  const when = isBounded ? ' in that time' : source.isLocal ? '' : ' in the last day (--since looks further back)';
  const there = await functionsThere(source);
  notThere(`No invocation of ${functionName} in ${source.name}${when}. ${there}`, context);
}

async function showMessages(
  source: AuditSource,
  text: string,
  { json, limit }: AuditCommandOptions,
  context: CommandContext,
): Promise<void> {
  const sequence = parseSequenceArgument(text);
  if (!sequence)
    throw new InputError(
      'usage',
      `${text} is no STREAM[:SEQ].`,
      'Name a stream or its ARN, e.g. orders or orders:4959….',
    );
  const most = limit ?? (source.isLocal ? Number.POSITIVE_INFINITY : MOST_AT_ONCE);
  const asked = askMessages(source, sequence.stream, sequence.sequenceNumber);
  const { taken: messages, hasMore } = await takeFirst<AuditMessage>(asked, most);
  if (messages.length === 0) notThere(`No message ${text} in ${source.name}.`, context);
  else if (json) print({ messages }, context);
  else context.terminal.out(renderMessages(messages, await renderOptions(source, context)));
  if (hasMore)
    context.terminal.err(`These are the first ${most}; there are more: raise --limit, or name one by its SEQ.\n`);
}

const renderOptions = async (source: AuditSource, { terminal }: CommandContext): Promise<RenderOptions> => ({
  paint: paintFor(terminal, terminal.isOutTty),
  now: (await source.now?.()) ?? terminal.now(),
  width: lineWidth(terminal),
});

function print(value: unknown, { terminal }: CommandContext): void {
  terminal.out(`${JSON.stringify(value)}\n`);
}

function notThere(text: string, { terminal, exit }: CommandContext): void {
  terminal.err(`${escapeText(text)}\n`);
  exit(EXIT.notThere);
}
