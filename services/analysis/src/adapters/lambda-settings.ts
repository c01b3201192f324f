import { GetFunctionCommand, type LambdaClient, LambdaServiceException } from '@aws-sdk/client-lambda';
import type { FunctionSettingsPort } from '../ports.ts';

/** What the caller may not see, or is not there: the assessment does without. */
const UNKNOWABLE = ['ResourceNotFoundException', 'AccessDeniedException'];

/** Timeout, architecture and reserved concurrency from GetFunction, for functions of this region. */
export function lambdaSettings(client: LambdaClient, ownRegion: string): FunctionSettingsPort {
  return async ({ functionName, region, accountId }) => {
    if (region !== ownRegion) return {};
    const FunctionName = `arn:aws:lambda:${region}:${accountId}:function:${functionName}`;
    try {
      const { Configuration, Concurrency } = await client.send(new GetFunctionCommand({ FunctionName }));
      const timeout = Configuration?.Timeout;
      const reserved = Concurrency?.ReservedConcurrentExecutions;
      return {
        ...(timeout !== undefined && { timeoutMs: timeout * 1000 }),
        architecture: Configuration?.Architectures?.[0] === 'arm64' ? 'arm64' : 'x86_64',
        ...(reserved !== undefined && { concurrencyLimit: reserved }),
      };
    } catch (error) {
      if (error instanceof LambdaServiceException && UNKNOWABLE.includes(error.name)) return {};
      throw error;
    }
  };
}
