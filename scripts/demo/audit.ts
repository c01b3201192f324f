/** `pnpm demo:audit`: the shipped log samples through the real pipeline, and the audit story of one request. */
import { basename, join, relative } from 'node:path';
import {
  COMMAND,
  createProgress,
  formatCount,
  type Paint,
  paintFor,
  processTerminal,
  type ReplayOutcome,
  renderStory,
  replayFolder,
  runReplay,
  statusCounts,
  storedAuditSource,
} from '../../packages/cli/src/index.ts';
import type { InvocationSummary } from '../../packages/contracts/src/index.ts';
import { REPOSITORY } from '../workspace-services.ts';

const SAMPLES = join(REPOSITORY, 'samples', 'logs');

const terminal = processTerminal();
const paint = paintFor(terminal, terminal.isOutTty);
const progress = createProgress(terminal);

terminal.out(`${paint('bold', 'Lamplighter')}  what happened in one invocation, from its logs\n\n`);
const outcome = await runReplay({
  files: [SAMPLES],
  logGroupOf: logGroupOfSample,
  door: 'direct',
  disturbance: { shuffle: false, duplicateProbability: 0, seed: 1 },
  progress,
}).finally(() => progress.stop());
terminal.out(`${describe(outcome, paint)}\n`);
const shown = outcome.invocations.find((invocation) => invocation.attempts > 1) ?? outcome.invocations[0];
if (shown) terminal.out(`${await tell(shown.requestId)}\n${suggest(outcome.invocations, paint)}`);

/** The samples whose format does not name a log group are named after their function: `orders.s3-export/...`. */
function logGroupOfSample(file: string): string {
  const [first = ''] = relative(SAMPLES, file).split(/[\\/]/);
  return `/aws/lambda/${basename(first).split('.')[0]}`;
}

function describe({ summary, invocations }: ReplayOutcome, paint: Paint): string {
  const functions = new Set(invocations.map(({ functionName }) => functionName)).size;
  return [
    `${formatCount(summary.events, 'log event')} of ${formatCount(functions, 'function')}, in nine formats that people have, went through the`,
    `pipeline that ${paint('cyan', 'sls deploy')} ships, inside an embedded AWS, in ${summary.seconds} s: ${formatCount(summary.platformRecords, 'platform record')},`,
    `${formatCount(summary.applicationLines, 'application line')}, ${summary.lost} requests lost, ${summary.repeated} repeated events counted once.`,
    '',
    `${paint('bold', formatCount(summary.invocations, 'request'))}: ${statusCounts(invocations, paint)}`,
    '',
    `${paint('dim', 'The story of one of them, an asynchronous call that Lambda retried:')}`,
    '',
  ].join('\n');
}

async function tell(requestId: string): Promise<string> {
  const source = await storedAuditSource(replayFolder());
  const answer = await source.ask({ kind: 'by-request', requestId });
  if (answer.kind !== 'story') throw new Error(`The audit of ${requestId} is gone: ${answer.kind}.`);
  return renderStory(answer.story, { paint, now: terminal.now() });
}

function suggest(invocations: readonly InvocationSummary[], paint: Paint): string {
  const broken = invocations.find(({ status }) => status === 'out-of-memory') ?? invocations[0];
  const message = broken?.messages[0];
  const rows = [
    ...(broken ? [[`audit ${broken.requestId.slice(0, 8)}`, 'one that ran out of memory']] : []),
    ...(message ? [[`audit --sequence orders:${message.sequenceNumber}`, 'who processed this message?']] : []),
    ['replay YOUR-EXPORT --log-group /aws/lambda/NAME', 'your own logs'],
  ];
  return [
    paint('bold', 'Next'),
    ...rows.flatMap(([command, what]) => [`  ${paint('dim', `# ${what}`)}`, `  ${COMMAND} ${command}`]),
    '',
  ].join('\n');
}
