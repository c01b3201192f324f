import { join } from 'node:path';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { type EventEntry, ForecastsAnswer, type ForecastsQuery } from '@lamplighter/contracts';
import { type Sandbox, startTestSandbox } from '@lamplighter/sandbox';
import { packageServices } from '@lamplighter/sandbox/packaging';

const SERVICES = join(import.meta.dirname, '../..');

/** Backbone, prediction and, where asked for, ingestion as packaged, in a sandbox whose clock stands until it is moved. */
export async function startPrediction(
  startMs: number,
  others: readonly 'ingestion'[] = [],
  params: Readonly<Record<string, string>> = {},
) {
  const { sandbox, clock, stop } = await startTestSandbox({ startMs });
  const packages = await packageServices(
    ['backbone', ...others, 'prediction'].map((name) => ({
      stage: 'dev',
      region: 'us-east-1',
      serviceDir: join(SERVICES, name),
      ...(name === 'ingestion' && { params: { door: 'direct' } }),
      ...(name === 'prediction' && { params }),
    })),
  );
  for (const { directory } of packages) await sandbox.deploy(directory);
  return {
    sandbox,
    clock,
    stop,
    /** Lets what is due come to its end, and time pass. */
    async settle(ms = 0): Promise<void> {
      await sandbox.idle();
      await clock.advance(ms);
      await sandbox.idle();
    },
    ask: (query: ForecastsQuery) => ask(sandbox, query),
    async publish(entries: readonly EventEntry[]): Promise<void> {
      const Entries = entries.map((entry) => ({ ...entry, EventBusName: 'lamplighter-dev' }));
      await sandbox.client(EventBridgeClient).send(new PutEventsCommand({ Entries }));
    },
  };
}
export type DeployedPrediction = Awaited<ReturnType<typeof startPrediction>>;

async function ask(sandbox: Sandbox, query: ForecastsQuery): Promise<ForecastsAnswer> {
  const FunctionName = 'lamplighter-prediction-dev-query-forecasts';
  const { Payload, FunctionError } = await sandbox
    .client(LambdaClient)
    .send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(query) }));
  const answer = Buffer.from(Payload!).toString();
  if (FunctionError) throw new Error(`query-forecasts failed: ${answer}`);
  return ForecastsAnswer.parse(JSON.parse(answer));
}
