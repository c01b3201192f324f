import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AlertRequested, AnomalyDetected, type EventEntry, type Finding } from '@lamplighter/contracts';
import { deployFunction, type Sandbox } from '@lamplighter/sandbox';
import { type MinuteOfCalls, minuteOfLogs } from '@lamplighter/sandbox/minute-of-logs';
import type { DeployedConsole } from './deployed-console.ts';

export const MINUTE_MS = 60_000;
export const FUNCTION = 'shop-pay';
/** Its calls run into their timeout. */
export const CUT_OFF = 'shop-book';
export const START_MS = Date.UTC(2026, 0, 15, 3);

/** Text that tries to be more than text, as it may stand in any log. */
export const HOSTILE =
  '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>\u202Etxt.exe\u001b[31m\u0007';

/** Writes minutes of a function's log, each to its own place in time. */
export async function writeMinutes(
  { peers }: Sandbox,
  functionName: string,
  minutes: readonly MinuteOfCalls[],
): Promise<void> {
  const group = `/aws/lambda/${functionName}`;
  const lineOf = (call: number) => `order ${4_700_000 + call} is being paid`;
  for (const minute of minutes)
    await peers.logs.write(group, streamOf(functionName), minuteOfLogs(functionName, { lineOf, ...minute }));
}

const streamOf = (functionName: string) =>
  `2026/01/15/[$LATEST]${Buffer.from(functionName).toString('hex').padEnd(32, '0').slice(0, 32)}`;

/** A function of somebody's, with its log group, which is subscribed. */
export async function watch({ sandbox, settle }: DeployedConsole, functionName: string): Promise<void> {
  await deployFunction(sandbox, { name: functionName, memorySizeMb: 512 });
  sandbox.peers.logs.ensureLogGroup(`/aws/lambda/${functionName}`);
  await settle();
}

/** Lets `count` minutes go by in which each of the functions does the same. */
export async function liveMinutes(
  deployed: DeployedConsole,
  count: number,
  functions: Readonly<Record<string, Omit<MinuteOfCalls, 'start'>>>,
): Promise<void> {
  for (let at = 0; at < count; at++) {
    const start = Math.floor(deployed.clock.now() / MINUTE_MS) * MINUTE_MS;
    for (const [name, figures] of Object.entries(functions))
      await writeMinutes(deployed.sandbox, name, [{ ...figures, start }]);
    await deployed.settle(MINUTE_MS);
  }
  await deployed.settle(3_000);
}

/** Repairs wait for Anna, who signs in by any of these; nothing else holds them up. */
export async function askBeforeRepairs(sandbox: Sandbox, signIns: readonly string[]): Promise<void> {
  const guardrails = {
    mode: 'approve',
    allow: [{ playbooks: ['*'], stages: ['*'] }],
    automaticUpToRisk: 'low',
    budget: { perHourUsd: 5, perMonthUsd: 500 },
    coolDownMinutes: 5,
  };
  await sandbox.client(SSMClient).send(
    new PutParameterCommand({
      Name: '/lamplighter/dev/remediation/guardrails',
      Value: JSON.stringify({ guardrails, approvers: [{ name: 'anna', signIns }] }),
      Overwrite: true,
    }),
  );
}

/** Somebody has to be told. */
export async function requestAlert(sandbox: Sandbox, id: string, title: string, at: number): Promise<void> {
  const entry = AlertRequested.entry(
    {
      change: 'open',
      groupKey: id,
      subject: { kind: 'other', id },
      revision: 0,
      severity: 'critical',
      title,
      text: 'No file arrived until 02:40 UTC; the one of yesterday came at 02:05.',
      at,
    },
    id,
  );
  await publish(sandbox, entry);
}

/** A function runs out of memory, as the analysis would find it. */
export async function findOutOfMemory(sandbox: Sandbox, functionName: string, at: number): Promise<void> {
  const finding: Finding = {
    ...AnomalyDetected.example.finding,
    findingId: `out-of-memory/123456789012/us-east-1/${functionName}/${at}`,
    class: 'out-of-memory',
    resource: { accountId: '123456789012', region: 'us-east-1', type: 'lambda-function', name: functionName },
    state: 'open',
    openedAt: at,
    updatedAt: at,
  };
  await publish(sandbox, AnomalyDetected.entry({ change: 'opened', finding }, finding.findingId));
}

const publish = async (sandbox: Sandbox, entry: EventEntry): Promise<void> => {
  await sandbox
    .client(EventBridgeClient)
    .send(new PutEventsCommand({ Entries: [{ ...entry, EventBusName: 'lamplighter-dev' }] }));
};
