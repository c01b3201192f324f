import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { AuditAnswer, type AuditQuery } from '@lamplighter/contracts';
import { LamplighterError } from '@lamplighter/lambda-kit';

export type AskAudit = (query: AuditQuery) => Promise<AuditAnswer>;

/** Asks ingestion's query function. @throws LamplighterError `AUDIT_UNANSWERED` */
export function askAudit(client: LambdaClient, functionName: string): AskAudit {
  return async (query) => {
    const { Payload, FunctionError } = await client.send(
      new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(query) }),
    );
    const text = Buffer.from(Payload ?? []).toString();
    if (FunctionError)
      throw new LamplighterError('AUDIT_UNANSWERED', `The audit did not answer: ${text.slice(0, 300)}`);
    return AuditAnswer.parse(JSON.parse(text));
  };
}
