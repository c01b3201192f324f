import {
  GetAccountSettingsCommand,
  GetFunctionCommand,
  type LambdaClient,
  LambdaServiceException,
  ListAliasesCommand,
  paginateListProvisionedConcurrencyConfigs,
} from '@aws-sdk/client-lambda';
import type { Settings } from '../domain/limits-of.ts';
import { type AccountIdentity, accountKey } from '../domain/subject.ts';
import type { SettingsPort } from '../ports.ts';

/** What GetFunction, ListAliases and ListProvisionedConcurrencyConfigs say of a function, and GetAccountSettings of the account: of our own account and region. */
export function lambdaSettings(client: LambdaClient, own: AccountIdentity): SettingsPort {
  return async (subject) => {
    if (accountKey(subject) !== accountKey(own)) return {};
    try {
      return subject.functionName === undefined
        ? await accountSettings(client)
        : await functionSettings(client, subject.functionName);
    } catch (error) {
      if (!(error instanceof LambdaServiceException)) throw error;
      if (error.name === 'ResourceNotFoundException') return {};
      if (error.name === 'AccessDeniedException') return undefined;
      throw error;
    }
  };
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
  const { Aliases = [] } = await client.send(new ListAliasesCommand({ FunctionName }));
  const { Timeout: timeout, MemorySize: memoryMb, Architectures: [architecture] = [] } = Configuration ?? {};
  const provisioned = await provisionedOf(client, FunctionName);
  const reserved = Concurrency?.ReservedConcurrentExecutions;
  const stack = Tags?.['aws:cloudformation:stack-name'];
  const [alias] = Aliases.flatMap(({ Name }) => Name ?? []).sort();
  return {
    ...(timeout !== undefined && { timeoutMs: timeout * 1000 }),
    ...(reserved !== undefined && { reservedConcurrency: reserved }),
    ...(provisioned > 0 && { provisionedConcurrency: provisioned }),
    ...(memoryMb !== undefined && { memoryMb }),
    ...(architecture !== undefined && { architecture }),
    ...(stack !== undefined && { stack }),
    ...(alias !== undefined && { alias }),
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
