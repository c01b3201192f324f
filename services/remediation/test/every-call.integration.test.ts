import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { packageServices } from '@lamplighter/sandbox/packaging';

interface Retry {
  readonly ErrorEquals: readonly string[];
  readonly MaxAttempts: number;
  readonly JitterStrategy?: string;
  readonly BackoffRate?: number;
}

interface State {
  readonly Type: string;
  readonly TimeoutSeconds?: number;
  readonly TimeoutSecondsPath?: string;
  readonly Retry?: readonly Retry[];
}

/** As it is deployed: references of the template stand in its text as they are. */
async function packagedStates(): Promise<Readonly<Record<string, State>>> {
  const serviceDir = join(import.meta.dirname, '..');
  const [packaged] = await packageServices([{ serviceDir, stage: 'dev', region: 'us-east-1' }]);
  const template = await readFile(join(packaged!.directory, 'cloudformation-template-update-stack.json'), 'utf8');
  const { Resources } = JSON.parse(template) as { Resources: Record<string, { Type: string; Properties: Machine }> };
  const machine = Object.values(Resources).find(({ Type }) => Type === 'AWS::StepFunctions::StateMachine')!;
  const { DefinitionString } = machine.Properties;
  const text = typeof DefinitionString === 'string' ? DefinitionString : DefinitionString['Fn::Sub'][0];
  return (JSON.parse(text) as { States: Readonly<Record<string, State>> }).States;
}

interface Machine {
  readonly DefinitionString: string | { readonly 'Fn::Sub': readonly [string, object] };
}

const EVERYTHING = ['States.ALL', 'States.TaskFailed'];

test('every call is given up after its time, and repeated after a while that nobody else waits as well', async () => {
  const calls = Object.entries(await packagedStates()).filter(([, { Type }]) => Type === 'Task');
  expect(calls.length).toBeGreaterThan(15);

  for (const [name, { TimeoutSeconds = 0, TimeoutSecondsPath, Retry = [] }] of calls) {
    const repeated = Retry.find(({ ErrorEquals }) => ErrorEquals.some((error) => EVERYTHING.includes(error)));

    expect({ name, isTimed: TimeoutSeconds > 0 || TimeoutSecondsPath !== undefined }).toEqual({ name, isTimed: true });
    expect({ name, ...repeated }).toMatchObject({ name, JitterStrategy: 'FULL', BackoffRate: 2 });
    expect(repeated!.MaxAttempts).toBeGreaterThanOrEqual(8);
    // What is not repeated is told apart by its name.
    expect(Retry.filter(({ MaxAttempts }) => MaxAttempts === 0).flatMap(({ ErrorEquals }) => ErrorEquals)).not.toEqual(
      expect.arrayContaining(['States.ALL']),
    );
  }
});
