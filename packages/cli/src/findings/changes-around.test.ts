import type { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { expect, test } from '@jest/globals';
import { AnomalyDetected, type FindingsQuery } from '@lamplighter/contracts';
import { aroundRequest } from '../audit/around-request.ts';
import type { Deployment } from '../deployment/with-deployment.ts';
import { recordedTerminal } from '../testing/recorded-terminal.ts';
import { TIMEOUT_STORY } from '../testing/timeout-story.ts';
import { changesAround } from './changes-around.ts';

const { finding } = AnomalyDetected.example;
const WHY = /^What was changed around it is not known: .*AccessDeniedException: no right to the table\.\n$/;

/** A deployment that knows findings, and whose analysis service fails when it is asked for changes. */
function withoutChanges(findings: readonly (typeof finding)[]): Deployment {
  const send = async ({ input }: InvokeCommand) => {
    const { kind } = JSON.parse(String(input.Payload)) as FindingsQuery;
    if (kind !== 'changes') return { Payload: Buffer.from(JSON.stringify({ kind: 'findings', findings })) };
    const told = { errorType: 'AccessDeniedException', errorMessage: 'no right to the table' };
    return { FunctionError: 'Unhandled', Payload: Buffer.from(JSON.stringify(told)) };
  };
  return { client: { send } as unknown as LambdaClient, stage: 'dev', name: 'here' };
}

test('a finding is explained without its changes where they cannot be told, which is said', async () => {
  const terminal = recordedTerminal();
  const ofFunction = { ...finding, resource: { ...finding.resource, type: 'lambda-function' as const } };

  expect(await changesAround(withoutChanges([]), ofFunction, terminal)).toEqual([]);
  expect(terminal.written.err).toMatch(WHY);
});

test('a request keeps its findings where its changes cannot be told, which is said', async () => {
  const terminal = recordedTerminal();
  const invocation = { ...TIMEOUT_STORY.invocation, functionName: finding.resource.name, startedAt: finding.openedAt };
  const around = await aroundRequest(withoutChanges([finding]), invocation, terminal);

  expect(around.findings.map((one) => one.finding.findingId)).toEqual([finding.findingId]);
  expect(around.changes).toEqual([]);
  expect(terminal.written.err).toMatch(WHY);
});
