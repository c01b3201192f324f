import { basename } from 'node:path';
import { Sandbox } from '../../packages/sandbox/src/index.ts';
import { packageServices } from '../../packages/sandbox/src/packaging/index.ts';
import { readDocuments } from '../docs/markdown/documents.ts';
import { fencedCommands, type WrittenCommand } from '../docs/markdown/written-commands.ts';
import { listServiceFolders } from '../workspace-services.ts';
import { AwsCli } from './aws-cli/aws-cli.ts';
import { findAwsCli } from './aws-cli/find-aws-cli.ts';
import { EXPECTED_ERRORS, isTooOldFor } from './documented/expected-answers.ts';
import { type SandboxPlaces, wordsForSandbox } from './documented/words-for-sandbox.ts';
import type { RefereeOutcome } from './referee-outcome.ts';

const REFEREE = 'documented commands';
/** Whoever is found by the others comes first. */
const FIRST = ['backbone', 'ingestion'];
/** A customer's service, of which these documents say nothing. */
const SAMPLE = 'reservation';
const PLACES = { accountId: '123456789012', region: 'us-east-1', stage: 'dev' } as const;

/** Runs every command of the AWS CLI that a document has, in its order, against the sandbox with every stack of Lamplighter. */
export async function askDocumentedCommands(): Promise<RefereeOutcome> {
  const found = await findAwsCli();
  if ('reason' in found) return { referee: REFEREE, kind: 'skipped', summary: found.reason };
  const commands = readDocuments()
    .flatMap(fencedCommands)
    .filter(({ words }) => words[0] === 'aws');
  const sandbox = await Sandbox.start();
  try {
    await deployStacks(sandbox);
    const tried = commands.filter(({ words }) => !isTooOldFor(words.slice(1, 3).join(' '), found.version));
    const details = await tryCommands(new AwsCli(found.program, sandbox), tried);
    const untried = commands.length - tried.length;
    const summary =
      `${tried.length - details.length} of ${tried.length} commands of the AWS CLI do what is written` +
      (untried === 0 ? '' : `; version ${found.version} is too old to try ${untried} more`);
    return { referee: REFEREE, kind: details.length === 0 ? 'passed' : 'failed', summary, details };
  } finally {
    await sandbox.stop();
  }
}

async function deployStacks(sandbox: Sandbox): Promise<void> {
  const folders = listServiceFolders().filter((folder) => basename(folder) !== SAMPLE);
  const rank = (folder: string): number =>
    FIRST.includes(basename(folder)) ? FIRST.indexOf(basename(folder)) : FIRST.length;
  const inOrder = [...folders].sort((one, other) => rank(one) - rank(other));
  const packaged = await packageServices(
    inOrder.map((serviceDir) => ({
      serviceDir,
      stage: PLACES.stage,
      region: PLACES.region,
      params: { door: 'direct' },
    })),
  );
  for (const { directory } of packaged) await sandbox.deploy(directory);
}

async function tryCommands(aws: AwsCli, commands: readonly WrittenCommand[]): Promise<readonly string[]> {
  const faults: string[] = [];
  let places: SandboxPlaces = { ...PLACES, queueUrl: '' };
  for (const { place, words } of commands) {
    const args = wordsForSandbox(words, places);
    const operation = args.slice(0, 2).join(' ');
    const outcome = await run(aws, args);
    const fault = faultOf(operation, outcome);
    if (fault !== undefined) faults.push(`${place}: ${words.join(' ')}: ${fault}`);
    if (operation === 'sqs get-queue-url' && 'text' in outcome)
      places = { ...places, queueUrl: (JSON.parse(outcome.text) as { QueueUrl: string }).QueueUrl };
  }
  return faults;
}

type Outcome = { readonly text: string } | { readonly error: string };

async function run(aws: AwsCli, args: readonly string[]): Promise<Outcome> {
  try {
    return { text: await aws.text(...args) };
  } catch (error) {
    return { error: (error as Error).message };
  }
}

function faultOf(operation: string, outcome: Outcome): string | undefined {
  const expected = EXPECTED_ERRORS[operation];
  if ('text' in outcome) return expected && `works, and is listed as one that does not: ${expected.why}`;
  const isMisuse = /usage: aws|aws: error|Unknown options|Parameter validation failed|Error parsing parameter/.test(
    outcome.error,
  );
  return !isMisuse && expected?.says.test(outcome.error) ? undefined : outcome.error;
}
