import { destinationKind } from '../asynchronous/destination.ts';
import type { LambdaCore } from '../lambda-core.ts';
import { invalidParameter, resourceNotFound } from '../lambda-errors.ts';
import { wholeNumber } from '../parameter.ts';
import type { EventInvokeConfig, FunctionTarget } from './function-store.ts';

/** What PutFunctionEventInvokeConfig and `AWS::Lambda::EventInvokeConfig` are given. */
export interface InvokeConfigInput {
  readonly MaximumRetryAttempts?: number | string;
  readonly MaximumEventAgeInSeconds?: number | string;
  readonly DestinationConfig?: {
    readonly OnSuccess?: { readonly Destination?: string };
    readonly OnFailure?: { readonly Destination?: string };
  };
}

const keyOf = ({ qualifier = '$LATEST' }: FunctionTarget): string => qualifier;

/** Sets how asynchronous invocations are retried and where they end; `base` keeps what the input does not name (an update). */
export function putInvokeConfig(
  core: LambdaCore,
  target: FunctionTarget,
  input: InvokeConfigInput,
  base?: EventInvokeConfig,
): EventInvokeConfig {
  const { OnSuccess, OnFailure } = input.DestinationConfig ?? {};
  const onSuccessArn = input.DestinationConfig ? OnSuccess?.Destination : base?.onSuccessArn;
  const onFailureArn = input.DestinationConfig ? OnFailure?.Destination : base?.onFailureArn;
  const retries = input.MaximumRetryAttempts ?? base?.maximumRetryAttempts;
  const age = input.MaximumEventAgeInSeconds ?? base?.maximumEventAgeSeconds;
  for (const arn of [onSuccessArn, onFailureArn]) if (arn) destinationKind(arn);
  if (onSuccessArn && destinationKind(onSuccessArn) === 's3') {
    throw invalidParameter('A bucket can be the destination of failed invocations only.');
  }
  const config: EventInvokeConfig = {
    lastModified: core.context.clock.now(),
    ...(retries === undefined ? {} : { maximumRetryAttempts: wholeNumber('MaximumRetryAttempts', retries, [0, 2]) }),
    ...(age === undefined
      ? {}
      : { maximumEventAgeSeconds: wholeNumber('MaximumEventAgeInSeconds', age, [60, 21_600]) }),
    ...(onSuccessArn ? { onSuccessArn } : {}),
    ...(onFailureArn ? { onFailureArn } : {}),
  };
  target.record.invokeConfigs.set(keyOf(target), config);
  return config;
}

/** Throws ResourceNotFoundException where the function or qualifier has none. */
export function getInvokeConfig(target: FunctionTarget): EventInvokeConfig {
  const config = target.record.invokeConfigs.get(keyOf(target));
  if (!config) throw resourceNotFound(`The function ${target.arn} doesn't have an EventInvokeConfig`);
  return config;
}

export function deleteInvokeConfig(target: FunctionTarget): void {
  getInvokeConfig(target);
  target.record.invokeConfigs.delete(keyOf(target));
}
