import type { Architecture } from '../lambda-rates.ts';
import { type PriceKey, usdOf } from '../price-book.ts';
import { type Charge, type ChargeRule, freeAtRest, hourly, type PricedResource } from './charge-rule.ts';

const SECONDS_PER_HOUR = 3600;
const DEFAULT_MEMORY_MB = 128;
/** Lambda polls an idle queue with five long polls at a time; https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html. */
const SQS_POLLERS = 5;
const LONG_POLL_SECONDS = 20;
const POLLS_PER_HOUR = (SQS_POLLERS * SECONDS_PER_HOUR) / LONG_POLL_SECONDS;

/** What Lambda resources cost while nothing is invoked. */
export const LAMBDA_CHARGES: Readonly<Record<string, ChargeRule>> = {
  'AWS::Lambda::Function': (resource) => {
    if (resource.raw('CapacityProviderConfig')) throw resource.unpriced('it runs on managed instances.');
    return freeAtRest('billed per invocation')(resource);
  },
  'AWS::Lambda::Version': chargeVersion,
  'AWS::Lambda::Alias': chargeProvisionedConcurrency,
  'AWS::Lambda::EventSourceMapping': chargeEventSourceMapping,
};

/** Memory and architecture of a function, as the template fixes them. */
export function shapeOf(fn: PricedResource): { readonly memoryMb: number; readonly architecture: Architecture } {
  const isArm = fn.list('Architectures').includes('arm64');
  return { memoryMb: fn.number('MemorySize', DEFAULT_MEMORY_MB), architecture: isArm ? 'arm64' : 'x86_64' };
}

/** A version keeps provisioned environments, or the snapshot that it starts from: of any runtime but Java that is paid for as long as the version is there. */
function chargeVersion(resource: PricedResource): Charge {
  const fn = resource.referenced(resource.raw('FunctionName'));
  const isSnapshot = fn !== undefined && fn.text('SnapStart.ApplyOn', 'None') === 'PublishedVersions';
  if (!isSnapshot || fn.text('Runtime', '').startsWith('java')) return chargeProvisionedConcurrency(resource);
  const { memoryMb } = shapeOf(fn);
  const usd = usdOf('lambda.snapstart_cache');
  return hourly(
    (memoryMb / 1024) * usd * SECONDS_PER_HOUR,
    `a snapshot of a function of ${memoryMb} MB at $${usd} per GB-second`,
  );
}

function chargeProvisionedConcurrency(resource: PricedResource): Charge {
  const environments = resource.number('ProvisionedConcurrencyConfig.ProvisionedConcurrentExecutions', 0);
  if (environments === 0) return { basis: 'none', monthlyUsd: 0, why: 'billed per invocation' };
  const fn = resource.referenced(resource.raw('FunctionName'));
  if (!fn) throw resource.unpriced('its function is not in the template, so that its memory is not known.');
  const { memoryMb, architecture } = shapeOf(fn);
  const perGbSecond = usdOf(
    architecture === 'arm64' ? 'lambda.provisioned_concurrency_arm' : 'lambda.provisioned_concurrency_x86',
  );
  return hourly(
    environments * (memoryMb / 1024) * perGbSecond * SECONDS_PER_HOUR,
    `${environments} provisioned environments of ${memoryMb} MB at $${perGbSecond} per GB-second`,
  );
}

/** The price of a million requests to a queue; of one that is not in the template, a standard queue's. */
export const requestOf = (queue: PricedResource | undefined): PriceKey =>
  queue?.text('FifoQueue', 'false') === 'true' ? 'sqs.fifo_first' : 'sqs.standard_first_100B';

/** Streams name where to start reading; a queue cannot. Reading a stream is free, long polls of a queue are SQS requests. */
function chargeEventSourceMapping(resource: PricedResource): Charge {
  if (resource.raw('ProvisionedPollerConfig')) throw resource.unpriced('it polls in provisioned mode.');
  if (resource.raw('Queues')) throw resource.unpriced('it polls a message broker.');
  if (resource.raw('StartingPosition')) return { basis: 'none', monthlyUsd: 0, why: 'reading a stream is not billed' };
  if (resource.text('Enabled', 'true') === 'false') return { basis: 'none', monthlyUsd: 0, why: 'disabled' };
  const usd = usdOf(requestOf(resource.referenced(resource.raw('EventSourceArn'))));
  const why = `${POLLS_PER_HOUR} empty polls of the queue per hour at $${usd} per million requests (inside the free million of an account that has no more)`;
  return { ...hourly((POLLS_PER_HOUR * usd) / 1e6, why), basis: 'own-calls' };
}
