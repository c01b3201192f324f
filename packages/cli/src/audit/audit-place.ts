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
  const endpoint = place.endpoint ?? place.env.AWS_ENDPOINT_URL;
  if (endpoint === undefined && place.region === undefined && place.stage === undefined) {
    return { source: await storedAuditSource(replayFolder()), close: () => {} };
  }
  const running = endpoint === undefined ? undefined : await findRunning(endpoint);
  const region = place.region ?? place.env.AWS_REGION ?? running?.region ?? 'us-east-1';
  const useOwn = running !== undefined && place.env.AWS_ACCESS_KEY_ID === undefined;
  const client = new LambdaClient({
    region,
    maxAttempts: 2,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(useOwn ? { credentials: running.credentials } : {}),
  });
  const source = lambdaAuditSource(client, place.stage ?? running?.stage ?? 'dev', endpoint ?? `AWS ${region}`);
  return { source, close: () => client.destroy() };
}
