import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Sandbox } from '../../packages/sandbox/src/index.ts';
import { packageService } from '../../packages/sandbox/src/packaging/index.ts';
import { AwsCli } from './aws-cli/aws-cli.ts';
import { COMMANDS, type Trial } from './aws-cli/commands.ts';
import { findAwsCli } from './aws-cli/find-aws-cli.ts';
import type { RefereeOutcome } from './referee-outcome.ts';

const REFEREE = 'AWS CLI';
const FIXTURE = join(import.meta.dirname, 'fixtures', 'shop-service');

/** Drives the sandbox with the AWS CLI, and holds its answers against AWS's. */
export async function askAwsCli(): Promise<RefereeOutcome> {
  const found = await findAwsCli();
  if ('reason' in found) return { referee: REFEREE, kind: 'skipped', summary: found.reason };
  const { directory } = await packageService({ serviceDir: FIXTURE, stage: 'dev', region: 'us-east-1' });
  const folder = await mkdtemp(join(tmpdir(), 'lamplighter-aws-cli-'));
  const sandbox = await Sandbox.start();
  try {
    await sandbox.deploy(directory);
    const details = await tryCommands({ aws: new AwsCli(found.program, sandbox), sandbox, folder });
    const count = Object.keys(COMMANDS).length;
    const summary = `${count - details.length} of ${count} commands of version ${found.version} answered as by AWS`;
    return { referee: REFEREE, kind: details.length === 0 ? 'passed' : 'failed', summary, details };
  } finally {
    await sandbox.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function tryCommands(trial: Trial): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const [name, command] of Object.entries(COMMANDS)) {
    try {
      await command(trial);
    } catch (error) {
      faults.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return faults;
}
