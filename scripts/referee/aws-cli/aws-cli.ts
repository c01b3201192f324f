import type { Sandbox } from '../../../packages/sandbox/src/index.ts';
import { runProgram } from '../run-program.ts';

/** A command of the AWS CLI against the sandbox did not end well. */
class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
}

/** The AWS CLI, pointed at a sandbox. */
export class AwsCli {
  readonly #program: string;
  readonly #sandbox: Sandbox;

  constructor(program: string, sandbox: Sandbox) {
    this.#program = program;
    this.#sandbox = sandbox;
  }

  /** What a command prints. Throws with what it says when it fails. */
  async text(...args: readonly string[]): Promise<string> {
    const { endpoint, region, credentials } = this.#sandbox;
    const result = await runProgram(this.#program, [...args, '--endpoint-url', endpoint, '--region', region], {
      PATH: process.env.PATH,
      HOME: '/nonexistent',
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_PAGER: '',
      PYTHONUTF8: '1',
    });
    if (result.exitCode !== 0)
      throw new CommandFailed(`aws ${args.join(' ')}: ${result.stderr.trim() || result.stdout.trim()}`);
    return result.stdout;
  }

  /** The JSON that a command prints. */
  async json(...args: readonly string[]): Promise<unknown> {
    return JSON.parse(await this.text(...args, '--output', 'json'));
  }
}
