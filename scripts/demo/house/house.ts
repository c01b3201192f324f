import { join } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { InputError } from '../../../packages/cli/src/index.ts';
import {
  AlertsAnswer,
  type AlertsQuery,
  AuditAnswer,
  type AuditQuery,
  FindingsAnswer,
  type FindingsQuery,
  ForecastsAnswer,
  type ForecastsQuery,
  RemediationsAnswer,
  type RemediationsQuery,
} from '../../../packages/contracts/src/index.ts';
import type { Template } from '../../../packages/pricing/src/index.ts';
import { Sandbox, type Stack, VirtualClock } from '../../../packages/sandbox/src/index.ts';
import {
  describePackaging,
  PackagingError,
  packageServices,
  readTemplate,
} from '../../../packages/sandbox/src/packaging/index.ts';
import { REPOSITORY } from '../../workspace-services.ts';

export interface HouseOptions {
  /** Names under services/, in the order of their deployment. */
  readonly services: readonly string[];
  /** Where the story's clock stands, epoch milliseconds. */
  readonly startMs: number;
  /** Of the embedded AWS on 127.0.0.1; any free one where absent. */
  readonly port?: number;
  /** Parameters of a service's stack. */
  readonly params?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Told of each step, for a progress line. */
  readonly onStep?: (step: string) => void;
}

const STAGE = 'dev';
const REGION = 'us-east-1';

/** Every stack as packaged, deployed in a sandbox whose clock stands until the story moves it. Throws `PORT_IN_USE` before anything is packaged. */
export async function openHouse({ services, startMs, port = 0, params = {}, onStep = () => {} }: HouseOptions) {
  const clock = new VirtualClock(startMs);
  const faults: unknown[] = [];
  const atEnd: (() => Promise<void>)[] = [];
  onStep('starting the embedded AWS');
  const sandbox = await Sandbox.start({ clock, port, region: REGION, report: (error) => faults.push(error) });
  const stacks = new Map<string, Stack>();
  const templates = new Map<string, Template>();
  try {
    for (const { name, directory, template } of await packaged(services, params, onStep)) {
      onStep(`deploying ${name}`);
      templates.set(name, template);
      stacks.set(name, await sandbox.deploy(directory));
    }
  } catch (error) {
    await sandbox.stop();
    throw error;
  }
  /** Invokes a function and gives its answer. Throws what the function says. */
  const invoke = async (functionName: string, payload: unknown): Promise<unknown> => {
    const { Payload, FunctionError } = await sandbox
      .client(LambdaClient)
      .send(new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(payload) }));
    const text = Buffer.from(Payload ?? []).toString();
    if (FunctionError) throw new Error(`${functionName} failed: ${text}`);
    return JSON.parse(text);
  };
  const putParameter = async (Name: string, Value: string, Type: 'String' | 'SecureString'): Promise<void> => {
    await sandbox.client(SSMClient).send(new PutParameterCommand({ Name, Value, Type, Overwrite: true }));
  };
  return {
    sandbox,
    clock,
    stage: STAGE,
    /** By service, in the order of their deployment. */
    stacks,
    /** What `sls package` wrote of each service. */
    templates,
    /** Faults of the sandbox itself: none, or the story is not true. */
    faults,
    invoke,
    /** Lets what is due come to its end, and time pass. */
    async pass(ms = 0): Promise<void> {
      await sandbox.idle();
      await clock.advance(ms);
      await sandbox.idle();
    },
    setParameter: (name: string, value: object) => putParameter(name, JSON.stringify(value), 'String'),
    setSecret: (name: string, value: string) => putParameter(name, value, 'SecureString'),
    audit: async (query: AuditQuery) => AuditAnswer.parse(await invoke('lamplighter-ingestion-dev-query-audit', query)),
    findings: async (query: FindingsQuery) =>
      FindingsAnswer.parse(await invoke('lamplighter-analysis-dev-query-findings', query)),
    forecasts: async (query: ForecastsQuery) =>
      ForecastsAnswer.parse(await invoke('lamplighter-prediction-dev-query-forecasts', query)),
    remediations: async (query: RemediationsQuery) =>
      RemediationsAnswer.parse(await invoke('lamplighter-remediation-dev-query-remediations', query)),
    alerts: async (query: AlertsQuery) =>
      AlertsAnswer.parse(await invoke('lamplighter-alerting-dev-query-alerts', query)),
    /** What has to be done when the house is closed. */
    onStop: (work: () => Promise<void>): void => void atEnd.push(work),
    async stop(): Promise<void> {
      for (const work of atEnd) await work();
      await sandbox.stop();
    },
  };
}

export type House = Awaited<ReturnType<typeof openHouse>>;

async function packaged(
  services: readonly string[],
  params: NonNullable<HouseOptions['params']>,
  onStep: (step: string) => void,
) {
  const requests = services.map((name) => ({
    stage: STAGE,
    region: REGION,
    serviceDir: join(REPOSITORY, 'services', name),
    ...(params[name] && { params: params[name] }),
  }));
  const packages = await packageServices(requests, (event) => {
    const line = describePackaging(event);
    if (line) onStep(line);
  }).catch((cause: unknown) => {
    if (!(cause instanceof PackagingError)) throw cause;
    throw new InputError('packaging-failed', cause.message, 'Put the service right and try again.', { cause });
  });
  return Promise.all(
    packages.map(async (one, at) => ({
      name: services[at]!,
      directory: one.directory,
      template: (await readTemplate(one)) as Template,
    })),
  );
}
