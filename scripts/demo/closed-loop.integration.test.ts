import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import { minuteOfLogs } from '../../packages/sandbox/src/testing/minute-of-logs.ts';
import { type House, openHouse } from './house/house.ts';
import { type Pager, startPager } from './house/pager.ts';
import { alertingPolicy, guardrails, PARAMETERS } from './house/policies.ts';

const MINUTE_MS = 60_000;
const NAME = 'hotel-pay';
const STREAM = '2026/01/15/[$LATEST]0123456789abcdef0123456789abcdef';

let house: House;
let pager: Pager;
beforeAll(async () => {
  const services = ['backbone', 'ingestion', 'analysis', 'remediation', 'alerting'];
  const params = { ingestion: { windowGraceSeconds: '1' } };
  house = await openHouse({ services, params, startMs: Date.UTC(2026, 0, 15, 12) });
  pager = await startPager(() => house.clock.now());
  await house.setSecret(PARAMETERS.webhookSecret, 'secret');
  await house.setParameter(PARAMETERS.alerting, alertingPolicy(pager.urls));
  await house.setParameter(PARAMETERS.guardrails, guardrails);
  await deployFunction();
  house.sandbox.peers.logs.ensureLogGroup(`/aws/lambda/${NAME}`);
  await house.pass();
});
afterAll(async () => {
  await house?.stop();
  await pager?.stop();
});

test('a fault is found, told, repaired, verified and closed, and the audit knows each step', async () => {
  await minutes(30, 0);
  expect(await openFindings()).toEqual([]);

  const onset = house.clock.now();
  await minutes(3, 10);
  const [repair] = await repairs();
  expect(repair).toMatchObject({ playbook: 'lambda-timeout', findingClass: 'timeouts' });
  expect((repair!.appliedAt ?? 0) - repair!.plannedAt).toBeLessThan(15_000);
  expect(repair!.plannedAt - onset).toBeLessThan(2 * MINUTE_MS + 5_000);
  const { Timeout } = await house.sandbox
    .client(LambdaClient)
    .send(new GetFunctionConfigurationCommand({ FunctionName: NAME }));
  expect(Timeout).toBeGreaterThan(3);

  await minutes(20, 0);
  expect((await repairs())[0]).toMatchObject({ state: 'kept', verification: { metric: 'timeout-share', after: 0 } });
  expect(await openFindings()).toEqual([]);
  expect(await openAlerts()).toEqual([]);
  expect(pager.pages.map(({ change }) => change)).toEqual(expect.arrayContaining(['opened', 'closed']));
  expect(house.faults).toEqual([]);
});

async function openFindings() {
  const answer = await house.findings({ kind: 'by-function', functionName: NAME });
  return answer.kind === 'findings' ? answer.findings.filter(({ state }) => state === 'open') : [];
}

async function openAlerts() {
  const answer = await house.alerts({ kind: 'open' });
  return answer.kind === 'alerts' ? answer.alerts.filter(({ title }) => title.includes(NAME)) : [];
}

async function repairs() {
  const answer = await house.remediations({ kind: 'recent' });
  return answer.kind === 'remediations' ? answer.remediations : [];
}

/** Minutes of 20 calls, so many of which run into the timeout of 3 s. */
async function minutes(count: number, timeouts: number): Promise<void> {
  for (let at = 0; at < count; at++) {
    const start = Math.floor(house.clock.now() / MINUTE_MS) * MINUTE_MS;
    await house.sandbox.peers.logs.write(
      `/aws/lambda/${NAME}`,
      STREAM,
      minuteOfLogs(NAME, { start, calls: 20, timeouts }),
    );
    await house.pass(MINUTE_MS - (house.clock.now() - start));
    await house.pass(2_000);
  }
}

async function deployFunction(): Promise<void> {
  const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };
  await house.sandbox.deployTemplate({
    stackName: NAME,
    artifact: async () => Buffer.from(zipSync({ 'index.js': strToU8('exports.handler = async () => ({});') })),
    template: {
      Resources: {
        Role: {
          Type: 'AWS::IAM::Role',
          Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [trust] } },
        },
        Function: {
          Type: 'AWS::Lambda::Function',
          Properties: {
            FunctionName: NAME,
            Runtime: 'nodejs24.x',
            Handler: 'index.handler',
            MemorySize: 256,
            Timeout: 3,
            Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
            Tags: [{ Key: 'stage', Value: 'dev' }],
            Code: { S3Bucket: 'artifacts', S3Key: 'code.zip' },
          },
        },
      },
    },
  });
}
