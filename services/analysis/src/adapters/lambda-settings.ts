import {
  GetFunctionCommand,
  type LambdaClient,
  LambdaServiceException,
  paginateListEventSourceMappings,
} from '@aws-sdk/client-lambda';
import type { EventSources, FunctionSettingsPort } from '../ports.ts';
import { releasedIn } from './released-in.ts';

/** What the caller may not see, or is not there: the assessment does without. */
const UNKNOWABLE = ['ResourceNotFoundException', 'AccessDeniedException'];

/** The partition of a region: an ARN of another one is no ARN there. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/** Timeout, architecture, reserved concurrency, event sources and what `$LATEST` is, for functions of this region. */
export function lambdaSettings(client: LambdaClient, ownRegion: string): FunctionSettingsPort {
  return async ({ functionName, region, accountId }) => {
    if (region !== ownRegion) return {};
    const FunctionName = `arn:${partitionOf(region)}:lambda:${region}:${accountId}:function:${functionName}`;
    try {
      const { Configuration, Concurrency } = await client.send(new GetFunctionCommand({ FunctionName }));
      const timeout = Configuration?.Timeout;
      const reserved = Concurrency?.ReservedConcurrentExecutions;
      return {
        ...(timeout !== undefined && { timeoutMs: timeout * 1000 }),
        architecture: Configuration?.Architectures?.[0] === 'arm64' ? 'arm64' : 'x86_64',
        ...(reserved !== undefined && { concurrencyLimit: reserved }),
        sources: await sourcesOf(client, FunctionName),
        ...releasedIn(Configuration),
      };
    } catch (error) {
      if (error instanceof LambdaServiceException && UNKNOWABLE.includes(error.name)) return {};
      throw error;
    }
  };
}

/** By the services of the sources' ARNs: Kinesis, DynamoDB and Kafka are read in order, SQS is not. */
async function sourcesOf(client: LambdaClient, FunctionName: string): Promise<EventSources> {
  const services = new Set<string | undefined>();
  for await (const page of paginateListEventSourceMappings({ client }, { FunctionName }))
    for (const { EventSourceArn } of page.EventSourceMappings ?? []) services.add(EventSourceArn?.split(':')[2]);
  const queues = services.delete('sqs');
  return { streams: services.size > 0, queues };
}
