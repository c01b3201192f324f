import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import {
  AlertsAnswer,
  type AlertsQuery,
  AuditAnswer,
  type AuditQuery,
  FindingsAnswer,
  type FindingsQuery,
  RemediationsAnswer,
  type RemediationsQuery,
} from '../../packages/contracts/src/index.ts';
import { Sandbox, type Stack, VirtualClock } from '../../packages/sandbox/src/index.ts';
import { packageServices } from '../../packages/sandbox/src/packaging/index.ts';
import { REPOSITORY } from '../workspace-services.ts';

export interface HouseOptions {
  /** Names under services/, in the order of their deployment. */
  readonly services: readonly string[];
  /** Where the story's clock stands, epoch milliseconds. */
  readonly startMs: number;
  /** Parameters of a service's stack. */
  readonly params?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Told of each step, for a progress line. */
  readonly onStep?: (step: string) => void;
}

const STAGE = 'dev';
const REGION = 'us-east-1';

/** Every stack as packaged, deployed in a sandbox whose clock stands until the story moves it. */
export async function openHouse({ services, startMs, params = {}, onStep = () => {} }: HouseOptions) {
  const clock = new VirtualClock(startMs);
  const faults: unknown[] = [];
  const packages = await packageServices(
    services.map((name) => ({
      stage: STAGE,
      region: REGION,
      serviceDir: join(REPOSITORY, 'services', name),
      ...(params[name] && { params: params[name] }),
    })),
    ({ kind, service }) => {
      if (kind === 'started') onStep(`packaging ${service} (once; afterwards it comes from a cache)`);
    },
  );
  onStep('starting the embedded AWS');
  const sandbox = await Sandbox.start({ clock, report: (error) => faults.push(error) });
  const templates = packages.map(({ directory }) => readTemplate(directory));
  const stacks = new Map<string, Stack>();
  for (const [at, { directory }] of packages.entries()) {
    onStep(`deploying ${services[at]}`);
    stacks.set(services[at]!, await sandbox.deploy(directory));
  }
  const ask = async (functionName: string, query: unknown): Promise<unknown> => {
    const { Payload, FunctionError } = await sandbox
      .client(LambdaClient)
      .send(new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(query) }));
    const text = Buffer.from(Payload ?? []).toString();
    if (FunctionError) throw new Error(`${functionName} failed: ${text}`);
    return JSON.parse(text);
  };
  return {
    sandbox,
    clock,
    stacks,
    /** What `sls package` wrote of each stack. */
    templates,
    /** Faults of the sandbox itself: none, or the story is not true. */
    faults,
    /** Lets what is due come to its end, and time pass. */
    async pass(ms = 0): Promise<void> {
      await sandbox.idle();
      await clock.advance(ms);
      await sandbox.idle();
    },
    async setParameter(Name: string, value: unknown): Promise<void> {
      const Value = typeof value === 'string' ? value : JSON.stringify(value);
      await sandbox.client(SSMClient).send(new PutParameterCommand({ Name, Value, Type: 'String', Overwrite: true }));
    },
    async setSecret(Name: string, Value: string): Promise<void> {
      const parameter = { Name, Value, Type: 'SecureString' as const, Overwrite: true };
      await sandbox.client(SSMClient).send(new PutParameterCommand(parameter));
    },
    audit: async (query: AuditQuery) => AuditAnswer.parse(await ask('lamplighter-ingestion-dev-query-audit', query)),
    findings: async (query: FindingsQuery) =>
      FindingsAnswer.parse(await ask('lamplighter-analysis-dev-query-findings', query)),
    remediations: async (query: RemediationsQuery) =>
      RemediationsAnswer.parse(await ask('lamplighter-remediation-dev-query-remediations', query)),
    alerts: async (query: AlertsQuery) => AlertsAnswer.parse(await ask('lamplighter-alerting-dev-query-alerts', query)),
    stop: () => sandbox.stop(),
  };
}
/** The file of the deployment, as the Serverless Framework names it. */
function readTemplate(directory: string): object {
  return JSON.parse(readFileSync(join(directory, 'cloudformation-template-update-stack.json'), 'utf8')) as object;
}

export type House = Awaited<ReturnType<typeof openHouse>>;
