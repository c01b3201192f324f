import type { Change, RemedyContext } from '@lamplighter/remedies';

type Tags = Readonly<Record<string, string>>;

/** Tags of the very thing that a change touches: a function's say nothing of the database behind it. Undefined where nobody reads them; then no entry of the allow-list that asks for a tag fits. */
export function tagsOfChange(change: Change, context: RemedyContext): Tags | undefined {
  switch (change.kind) {
    case 'lambda-configuration':
    case 'lambda-release':
    case 'lambda-reserved-concurrency':
    case 'lambda-provisioned-concurrency':
    case 'lambda-provisioned-schedule':
    case 'lambda-alias':
    case 'lambda-warm':
    case 'event-source-mapping':
      return context.function?.functionName === change.functionName ? context.function.tags : undefined;
    case 'aurora-capacity':
    case 'aurora-index':
      return context.cluster?.tags;
    case 'api-throttle':
    case 'api-cache':
      return context.api?.tags;
    case 'queue-redrive':
    case 'kinesis-capacity':
    case 'dynamodb-capacity':
    case 'dynamodb-warm':
    case 'cache-limits':
      return undefined;
  }
}
