import { InvokeCommand } from '@aws-sdk/client-lambda';
import type { LoneLambda } from './lone-lambda.ts';

export interface Invoked {
  readonly functionError: string | undefined;
  readonly answer: unknown;
  /** The invocation's log records. */
  readonly tail: string;
  readonly executedVersion: string | undefined;
}

/** Invokes a function through the real client and reads its answer. */
export async function invoke({ client }: LoneLambda, functionName: string, payload: unknown = {}): Promise<Invoked> {
  const output = await client.send(
    new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(payload), LogType: 'Tail' }),
  );
  return {
    functionError: output.FunctionError,
    executedVersion: output.ExecutedVersion,
    answer: JSON.parse(output.Payload?.transformToString() ?? 'null') as unknown,
    tail: Buffer.from(output.LogResult ?? '', 'base64').toString('utf8'),
  };
}
