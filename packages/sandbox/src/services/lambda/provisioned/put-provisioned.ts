import type { FunctionTarget } from '../functions/function-store.ts';
import type { LambdaCore } from '../lambda-core.ts';
import { invalidParameter } from '../lambda-errors.ts';
import { MIN_UNRESERVED_CONCURRENCY } from '../lambda-limits.ts';
import { wholeNumber } from '../parameter.ts';

/** Throws `InvalidParameterValueException` for what may not have provisioned concurrency, or not this much; gives the number. */
export function checkedProvisioning(core: LambdaCore, target: FunctionTarget, asked: number | string): number {
  const { record, qualifier, configuration } = target;
  if (qualifier === undefined || configuration.version === '$LATEST')
    throw invalidParameter('Provisioned Concurrency Configs cannot be applied to unpublished function versions.');
  const alias = record.aliases.get(qualifier);
  if (alias && Object.keys(alias.additionalVersionWeights).length > 0)
    throw invalidParameter('Alias with weights can not be used with Provisioned Concurrency');
  const requested = wholeNumber('ProvisionedConcurrentExecutions', asked, [1, Number.MAX_SAFE_INTEGER]);
  const others = core.provisioned
    .of(record.name)
    .filter((allocation) => allocation.qualifier !== qualifier)
    .reduce((sum, allocation) => sum + allocation.requested, 0);
  const most = record.reservedConcurrency ?? core.concurrency.unreservedLimit - MIN_UNRESERVED_CONCURRENCY;
  if (requested + others <= most) return requested;
  throw invalidParameter(
    record.reservedConcurrency === undefined
      ? "Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100]."
      : 'Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function',
  );
}
