import { ApiError } from '../service.ts';

interface Throttling {
  readonly code: string;
  readonly message: string;
  readonly status: number;
}

const RATE_EXCEEDED: Throttling = { code: 'ThrottlingException', message: 'Rate exceeded', status: 400 };

/** How each service says "too fast", by IAM prefix. Source: the "Errors" of each service's API Reference. */
const THROTTLING: Readonly<Record<string, Throttling>> = {
  dynamodb: {
    code: 'ProvisionedThroughputExceededException',
    message: 'The level of configured provisioned throughput for the table was exceeded.',
    status: 400,
  },
  kinesis: {
    code: 'ProvisionedThroughputExceededException',
    message: 'Rate exceeded for shard shardId-000000000000.',
    status: 400,
  },
  lambda: { code: 'TooManyRequestsException', message: 'Rate Exceeded.', status: 429 },
  s3: { code: 'SlowDown', message: 'Please reduce your request rate.', status: 503 },
  sqs: { code: 'RequestThrottled', message: 'The request was denied due to request throttling.', status: 400 },
  firehose: { code: 'ServiceUnavailableException', message: 'Slow down.', status: 503 },
  sts: { code: 'Throttling', message: 'Rate exceeded', status: 400 },
  iam: { code: 'Throttling', message: 'Rate exceeded', status: 400 },
  cloudformation: { code: 'Throttling', message: 'Rate exceeded', status: 400 },
  rds: { code: 'Throttling', message: 'Rate exceeded', status: 400 },
  ses: { code: 'TooManyRequestsException', message: 'Maximum sending rate exceeded.', status: 429 },
  xray: { code: 'ThrottledException', message: 'Rate exceeded', status: 429 },
  bedrock: { code: 'ThrottlingException', message: 'Too many requests, please wait before trying again.', status: 429 },
  cloudwatch: { code: 'Throttling', message: 'Rate exceeded', status: 400 },
};

export function throttlingError(service: string): ApiError {
  const { code, message, status } = THROTTLING[service] ?? RATE_EXCEEDED;
  return new ApiError(code, message, status);
}
