import { LambdaClient } from '@aws-sdk/client-lambda';
import { replayFolder } from '../replay/run-replay.ts';
import { findRunning } from '../stacks/running-sandbox.ts';
import type { AuditSource } from './audit-source.ts';
import { lambdaAuditSource } from './lambda-audit-source.ts';
import { storedAuditSource } from './stored-stories.ts';

export interface AuditPlace {
  readonly endpoint?: string;
  readonly region?: string;
  readonly stage?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Where to look: at an endpoint or a region that was named (a running `lamplighter up`, or AWS), else in what the last replay kept.
 * The caller ends the source's connections with `close`.
 */
export async function openAudit(place: AuditPlace): Promise<{ source: AuditSource; close: () => void }> {
  const deployment = await openDeployment(place);
  if (deployment === undefined) return { source: await storedAuditSource(replayFolder()), close: () => {} };
  const { client, stage, name } = deployment;
  return { source: lambdaAuditSource(client, stage, name), close: () => client.destroy() };
}

/** A deployment that was named, by an endpoint, a region or a stage. */
export interface Deployment {
  readonly client: LambdaClient;
  readonly stage: string;
  /** In a few words, for messages. */
  readonly name: string;
}

/** The deployment that a place names; nothing where none is named. The caller destroys its client. */
export async function openDeployment(place: AuditPlace): Promise<Deployment | undefined> {
  const endpoint = place.endpoint ?? place.env.AWS_ENDPOINT_URL;
  if (endpoint === undefined && place.region === undefined && place.stage === undefined) return undefined;
  const running = endpoint === undefined ? undefined : await findRunning(endpoint);
  const region = place.region ?? place.env.AWS_REGION ?? running?.region ?? 'us-east-1';
  const useOwn = running !== undefined && place.env.AWS_ACCESS_KEY_ID === undefined;
  const client = new LambdaClient({
    region,
    maxAttempts: 2,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(useOwn ? { credentials: running.credentials } : {}),
  });
  return { client, stage: place.stage ?? running?.stage ?? 'dev', name: endpoint ?? `AWS ${region}` };
}
