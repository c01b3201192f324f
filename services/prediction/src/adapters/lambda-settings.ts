import {
  GetAccountSettingsCommand,
  GetFunctionCommand,
  type LambdaClient,
  LambdaServiceException,
  ListAliasesCommand,
  paginateListProvisionedConcurrencyConfigs,
} from '@aws-sdk/client-lambda';
import type { Settings } from '../domain/limits-of.ts';
import { type AccountIdentity, accountKey, type Subject } from '../domain/subject.ts';
import type { LambdaPorts } from '../ports.ts';

/**
 * What GetFunction says of a function, GetAccountSettings of the account, and what ListProvisionedConcurrencyConfigs and ListAliases say by themselves: of
 * our own account and region.
 */
export function lambdaSettings(client: LambdaClient, own: AccountIdentity): LambdaPorts {
  const isOwn = (subject: Subject): boolean => accountKey(subject) === accountKey(own);
  const ofFunction =
    <Answer>(none: Answer, read: (functionName: string) => Promise<Answer>) =>
    async (subject: Subject): Promise<Answer | undefined> =>
      isOwn(subject) && subject.functionName !== undefined ? await ifAnswered(read(subject.functionName), none) : none;
  return {
    async settings(subject) {
      if (!isOwn(subject)) return {};
      const { functionName } = subject;
      return ifAnswered<Settings>(
        functionName === undefined ? accountSettings(client) : functionSettings(client, functionName),
        {},
      );
    },
    provisioned: ofFunction(0, (functionName) => provisionedOf(client, functionName)),
    alias: ofFunction<{ readonly alias?: string }>({}, (functionName) => aliasOf(client, functionName)),
  };
}

/** Undefined where Lambda refuses, throttles or fails. */
async function ifAnswered<Answer>(answer: Promise<Answer>, none: Answer): Promise<Answer | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof LambdaServiceException)) throw error;
    if (error.name === 'ResourceNotFoundException') return none;
    const isBusy = error.name === 'TooManyRequestsException' || (error.$metadata.httpStatusCode ?? 0) >= 500;
    if (isBusy || error.name === 'AccessDeniedException') return undefined;
    throw error;
  }
}

async function accountSettings(client: LambdaClient): Promise<Settings> {
  const { AccountLimit, AccountUsage } = await client.send(new GetAccountSettingsCommand({}));
  const [unreserved, quota] = [AccountLimit?.UnreservedConcurrentExecutions, AccountLimit?.ConcurrentExecutions];
  const [codeBytes, codeBytesLimit] = [AccountUsage?.TotalCodeSize, AccountLimit?.TotalCodeSize];
  return {
    ...(unreserved !== undefined && { unreservedConcurrency: unreserved }),
    ...(quota !== undefined && { concurrencyQuota: quota }),
    ...(codeBytes !== undefined && { codeBytes }),
    ...(codeBytesLimit !== undefined && { codeBytesLimit }),
  };
}

async function functionSettings(client: LambdaClient, FunctionName: string): Promise<Settings> {
  const { Configuration, Concurrency, Tags } = await client.send(new GetFunctionCommand({ FunctionName }));
  const { Timeout: timeout, MemorySize: memoryMb, Architectures: [architecture] = [] } = Configuration ?? {};
  const reserved = Concurrency?.ReservedConcurrentExecutions;
  const stack = Tags?.['aws:cloudformation:stack-name'];
  return {
    ...(timeout !== undefined && { timeoutMs: timeout * 1000 }),
    ...(reserved !== undefined && { reservedConcurrency: reserved }),
    ...(memoryMb !== undefined && { memoryMb }),
    ...(architecture !== undefined && { architecture }),
    ...(stack !== undefined && { stack }),
  };
}

/** Environments that are there for all of a function's versions and aliases. */
async function provisionedOf(client: LambdaClient, FunctionName: string): Promise<number> {
  let allocated = 0;
  for await (const { ProvisionedConcurrencyConfigs = [] } of paginateListProvisionedConcurrencyConfigs(
    { client },
    { FunctionName },
  ))
    for (const { AllocatedProvisionedConcurrentExecutions = 0 } of ProvisionedConcurrencyConfigs)
      allocated += AllocatedProvisionedConcurrentExecutions;
  return allocated;
}

async function aliasOf(client: LambdaClient, FunctionName: string): Promise<{ readonly alias?: string }> {
  const { Aliases = [] } = await client.send(new ListAliasesCommand({ FunctionName }));
  const [alias] = Aliases.flatMap(({ Name }) => Name ?? []).sort();
  return { ...(alias !== undefined && { alias }) };
}
