import { join } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { FindingsAnswer, type FindingsQuery } from '@lamplighter/contracts';
import { type Sandbox, startTestSandbox } from '@lamplighter/sandbox';
import { packageServices } from '@lamplighter/sandbox/packaging';

const SERVICES = join(import.meta.dirname, '../..');

/** Backbone, ingestion and analysis as packaged, in a sandbox whose clock stands until it is moved. */
export async function startAnalysis(
  startMs: number,
  params: { readonly adviserModel?: string; readonly windowGraceSeconds?: string } = {},
) {
  const { sandbox, clock, stop } = await startTestSandbox({ startMs });
  const shared = { stage: 'dev', region: 'us-east-1' };
  const packages = await packageServices(
    ['backbone', 'ingestion', 'analysis'].map((name) => ({
      ...shared,
      serviceDir: join(SERVICES, name),
      ...(name === 'ingestion' && {
        params: {
          door: 'direct',
          ...(params.windowGraceSeconds && { windowGraceSeconds: params.windowGraceSeconds }),
        },
      }),
      ...(name === 'analysis' && params.adviserModel && { params: { adviserModel: params.adviserModel } }),
    })),
  );
  const stacks = [];
  for (const { directory } of packages) stacks.push(await sandbox.deploy(directory));
  return {
    sandbox,
    clock,
    stop,
    stack: stacks.at(-1)!,
    /** Lets what is due come to its end, and time pass. */
    async settle(ms = 0): Promise<void> {
      await sandbox.idle();
      await clock.advance(ms);
      await sandbox.idle();
    },
    ask: (query: FindingsQuery) => ask(sandbox, query),
  };
}
export type Analysis = Awaited<ReturnType<typeof startAnalysis>>;

async function ask(sandbox: Sandbox, query: FindingsQuery): Promise<FindingsAnswer> {
  const { Payload, FunctionError } = await sandbox
    .client(LambdaClient)
    .send(
      new InvokeCommand({ FunctionName: 'lamplighter-analysis-dev-query-findings', Payload: JSON.stringify(query) }),
    );
  const answer = Buffer.from(Payload!).toString();
  if (FunctionError) throw new Error(`query-findings failed: ${answer}`);
  return FindingsAnswer.parse(JSON.parse(answer));
}
