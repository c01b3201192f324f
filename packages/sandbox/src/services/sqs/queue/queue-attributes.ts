import { ApiError } from '../../../core/service.ts';

/** Attributes as SQS gives and takes them: text. */
export type QueueAttributes = Readonly<Record<string, string>>;

/** Whole numbers and their bounds (API_SetQueueAttributes; message size 1 MiB since 2025-08). */
const NUMBERS: Readonly<Record<string, readonly [min: number, max: number]>> = {
  DelaySeconds: [0, 900],
  MaximumMessageSize: [1024, 1024 * 1024],
  MessageRetentionPeriod: [60, 1_209_600],
  ReceiveMessageWaitTimeSeconds: [0, 20],
  VisibilityTimeout: [0, 43_200],
  KmsDataKeyReusePeriodSeconds: [60, 86_400],
};
const TEXTS = ['Policy', 'RedrivePolicy', 'RedriveAllowPolicy', 'KmsMasterKeyId', 'SqsManagedSseEnabled'];
const FIFO_TEXTS = ['FifoQueue', 'ContentBasedDeduplication', 'DeduplicationScope', 'FifoThroughputLimit'];

const DEFAULTS: QueueAttributes = {
  DelaySeconds: '0',
  MaximumMessageSize: String(1024 * 1024),
  MessageRetentionPeriod: '345600',
  ReceiveMessageWaitTimeSeconds: '0',
  VisibilityTimeout: '30',
  SqsManagedSseEnabled: 'true',
};
const FIFO_DEFAULTS: QueueAttributes = {
  FifoQueue: 'true',
  ContentBasedDeduplication: 'false',
  DeduplicationScope: 'queue',
  FifoThroughputLimit: 'perQueue',
};

export function defaultAttributes(isFifo: boolean): QueueAttributes {
  return isFifo ? { ...DEFAULTS, ...FIFO_DEFAULTS } : DEFAULTS;
}

/** Throws `InvalidAttributeName` or `InvalidAttributeValue` for what a queue cannot be given. */
export function assertAttributes(attributes: QueueAttributes, isFifo: boolean): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (!NUMBERS[name] && !TEXTS.includes(name) && !(isFifo && FIFO_TEXTS.includes(name))) {
      throw new ApiError('InvalidAttributeName', `Unknown Attribute ${name}.`);
    }
    if (!isValid(name, value)) {
      throw new ApiError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
    }
  }
}

function isValid(name: string, value: string): boolean {
  const bounds = NUMBERS[name];
  if (bounds) return /^\d+$/.test(value) && Number(value) >= bounds[0] && Number(value) <= bounds[1];
  if (name !== 'RedrivePolicy' || value === '') return true;
  const policy = redrivePolicy(value);
  return policy !== undefined && policy.maxReceiveCount >= 1 && policy.maxReceiveCount <= 1000;
}

export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

/** Reads a redrive policy; absent where the text is none. */
export function redrivePolicy(text: string | undefined): RedrivePolicy | undefined {
  try {
    const policy = JSON.parse(text ?? 'null') as {
      deadLetterTargetArn?: string;
      maxReceiveCount?: number | string;
    } | null;
    if (!policy?.deadLetterTargetArn) return undefined;
    return { deadLetterTargetArn: policy.deadLetterTargetArn, maxReceiveCount: Number(policy.maxReceiveCount) };
  } catch {
    return undefined;
  }
}
