import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DescribeExecutionCommand, GetExecutionHistoryCommand, SFNClient } from '@aws-sdk/client-sfn';
import type { Finding, Remediation } from '../../../packages/contracts/src/index.ts';
import type { House } from '../../demo/house/house.ts';
import { REPOSITORY } from '../../workspace-services.ts';

const run = promisify(execFile);
const BIN = join(REPOSITORY, 'packages', 'cli', 'src', 'bin.ts');
const EXECUTION = /arn:aws:states:[^\s"]+:execution:[^\s"]+/;

/** From one request to what was done about it, by what a person can ask. */
export interface Chain {
  readonly requestId: string;
  readonly findingId: string;
  readonly remediationId: string;
  readonly executionArn: string;
  readonly executionStatus: string;
  /** States that the execution entered, in their order. */
  readonly states: readonly string[];
  /** What each command showed of the next one: `audit` of the finding, `explain` of the repair, `repairs` of the execution; and the way back. */
  readonly links: Readonly<Record<string, boolean>>;
  readonly isWhole: boolean;
}

/** Asks the command line of a request that failed, and follows what it names. */
export async function followChain(house: House, finding: Finding, repair: Remediation): Promise<Chain> {
  const requestId = finding.evidence.flatMap(({ requestIds = [] }) => requestIds)[0] ?? '';
  const lamplighter = cliOf(house);
  const audited = await lamplighter('audit', requestId);
  const explained = await lamplighter('explain', finding.findingId);
  const repaired = await lamplighter('repairs', repair.remediationId);
  const executionArn = EXECUTION.exec(repaired)?.[0] ?? '';
  const execution = executionArn === '' ? undefined : await readExecution(house, executionArn);
  const links = {
    'audit names the finding': audited.includes(finding.findingId),
    'audit names the repair': audited.includes(repair.remediationId),
    'explain names the request': explained.includes(requestId),
    'explain names the repair': explained.includes(repair.remediationId),
    'repairs names the finding': repaired.includes(repair.findingId),
    'repairs names the execution': executionArn !== '',
    'the execution is the repair': execution?.input === JSON.stringify({ remediationId: repair.remediationId }),
  };
  return {
    ...{ requestId, findingId: finding.findingId, remediationId: repair.remediationId, executionArn },
    executionStatus: execution?.status ?? '',
    states: execution?.states ?? [],
    links,
    isWhole: Object.values(links).every(Boolean),
  };
}

/** The command line in a process of its own, as a user starts it. */
function cliOf({ sandbox }: House) {
  const env = { ...process.env, ...sandbox.environment };
  return async (...args: readonly string[]): Promise<string> => {
    const { stdout } = await run(process.execPath, [BIN, ...args], { env }).catch(
      (error: { stdout?: string; stderr?: string }) => ({ stdout: `${error.stdout ?? ''}${error.stderr ?? ''}` }),
    );
    return stdout;
  };
}

async function readExecution({ sandbox }: House, executionArn: string) {
  const client = sandbox.client(SFNClient);
  const { status, input } = await client.send(new DescribeExecutionCommand({ executionArn }));
  const { events = [] } = await client.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1_000 }));
  const states = events.flatMap(({ stateEnteredEventDetails }) => stateEnteredEventDetails?.name ?? []);
  return { status, input, states };
}
