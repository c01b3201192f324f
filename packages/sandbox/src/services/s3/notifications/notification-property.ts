import { refuseUnknownProperties } from '../../../core/provided-property.ts';
import { listOf } from '../../../iam/policies/policy-document.ts';
import type { NotificationConfiguration, NotificationTarget } from './notification-configuration.ts';

type Properties = Readonly<Record<string, unknown>>;

const TYPE = 'AWS::S3::Bucket NotificationConfiguration';

/** Reads CloudFormation's `NotificationConfiguration`. */
export function notificationProperty(value: Properties): NotificationConfiguration {
  refuseUnknownProperties(TYPE, value, ['EventBridgeConfiguration', 'LambdaConfigurations', 'QueueConfigurations']);
  const bridge = value.EventBridgeConfiguration as Properties | undefined;
  const lambdas = (value.LambdaConfigurations ?? []) as readonly Properties[];
  const queues = (value.QueueConfigurations ?? []) as readonly Properties[];
  return {
    toEventBridge: bridge !== undefined && String(bridge.EventBridgeEnabled ?? true) === 'true',
    targets: [
      ...lambdas.map((one, index) => target(one, 'lambda', index)),
      ...queues.map((one, index) => target(one, 'sqs', index)),
    ],
  };
}

function target(given: Properties, kind: NotificationTarget['kind'], index: number): NotificationTarget {
  const arnName = kind === 'lambda' ? 'Function' : 'Queue';
  refuseUnknownProperties(TYPE, given, ['Event', 'Filter', arnName]);
  const rules = ((given.Filter as Properties | undefined)?.S3Key as Properties | undefined)?.Rules;
  return {
    id: `${kind}-${index}`,
    kind,
    arn: String(given[arnName]),
    events: listOf(given.Event as string | readonly string[]).map(String),
    ...filterOf((rules ?? []) as readonly Properties[]),
  };
}

/** `prefix` and `suffix` rules, whose names are not case-sensitive. */
export function filterOf(rules: readonly Properties[]): { readonly prefix: string; readonly suffix: string } {
  const byName = new Map(rules.map(({ Name, Value }) => [String(Name).toLowerCase(), String(Value ?? '')]));
  const unknown = [...byName.keys()].find((name) => name !== 'prefix' && name !== 'suffix');
  if (unknown) throw new Error(`A notification filter has no rule ${unknown}: it has prefix and suffix.`);
  return { prefix: byName.get('prefix') ?? '', suffix: byName.get('suffix') ?? '' };
}
