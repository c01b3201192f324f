import {
  GetAccountSettingsCommand,
  GetFunctionCommand,
  type LambdaClient,
  LambdaServiceException,
} from '@aws-sdk/client-lambda';
import type { Settings } from '../domain/limits-of.ts';
import { type AccountIdentity, accountKey } from '../domain/subject.ts';
import type { SettingsPort } from '../ports.ts';

/** What the caller may not see, or is not there: the forecast does without. */
const UNKNOWABLE = ['ResourceNotFoundException', 'AccessDeniedException'];

/** Timeout and reserved concurrency from GetFunction, the shared concurrency from GetAccountSettings: of our own account and region. */
export function lambdaSettings(client: LambdaClient, own: AccountIdentity): SettingsPort {
  return async (subject) => {
    if (accountKey(subject) !== accountKey(own)) return {};
    try {
      return subject.functionName === undefined
        ? await accountSettings(client)
        : await functionSettings(client, subject.functionName);
    } catch (error) {
      if (error instanceof LambdaServiceException && UNKNOWABLE.includes(error.name)) return {};
      throw error;
    }
  };
}

async function accountSettings(client: LambdaClient): Promise<Settings> {
  const { AccountLimit } = await client.send(new GetAccountSettingsCommand({}));
  const unreserved = AccountLimit?.UnreservedConcurrentExecutions;
  return unreserved === undefined ? {} : { unreservedConcurrency: unreserved };
}

async function functionSettings(client: LambdaClient, FunctionName: string): Promise<Settings> {
  const { Configuration, Concurrency } = await client.send(new GetFunctionCommand({ FunctionName }));
  const timeout = Configuration?.Timeout;
  const reserved = Concurrency?.ReservedConcurrentExecutions;
  return {
    ...(timeout !== undefined && { timeoutMs: timeout * 1000 }),
    ...(reserved !== undefined && { reservedConcurrency: reserved }),
  };
}
