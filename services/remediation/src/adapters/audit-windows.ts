import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { AuditAnswer } from '@lamplighter/contracts';
import { LamplighterError } from '@lamplighter/lambda-kit';
import type { WindowPort } from '../ports.ts';

/** A function's minutes, asked of ingestion through its query function. */
export function auditWindows(client: LambdaClient, functionName: string): WindowPort {
  return async ({ name, accountId, region }, since, until) => {
    const query = { kind: 'windows', functionName: name, accountId, region, since, until };
    const { Payload, FunctionError } = await client.send(
      new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(query) }),
    );
    const text = Buffer.from(Payload ?? []).toString();
    if (FunctionError)
      throw new LamplighterError('AUDIT_UNANSWERED', `The audit did not answer: ${text.slice(0, 300)}`);
    const answer = AuditAnswer.parse(JSON.parse(text));
    return answer.kind === 'windows' ? answer.windows : [];
  };
}
