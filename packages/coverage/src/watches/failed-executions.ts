import type { Watch } from '../coverage-report.ts';
import type { StackResource, StackView } from '../stack-view.ts';
import { isRecord, listOf, valueAt } from '../template.ts';

/** An execution that failed; those that time out or are aborted are counted apart. */
export const FAILED_EXECUTIONS = {
  namespace: 'AWS/States',
  dimension: 'StateMachineArn',
  metrics: ['ExecutionsFailed'],
} as const;

const DETAIL_TYPE = 'Step Functions Execution Status Change';

/**
 * Rules that hear of a machine's failed executions. Standard machines alone send events, to the default bus (Step Functions Developer
 * Guide, "Automating Step Functions event delivery with EventBridge").
 */
export function rulesOnFailures(stack: StackView, machine: StackResource): readonly Watch[] {
  if (machine.Properties?.StateMachineType === 'EXPRESS') return [];
  const through = stack
    .ofType('AWS::Events::Rule')
    .filter(
      (rule) => stack.isThereWith(rule, machine) && isOn(rule) && hears(rule.Properties?.EventPattern, stack, machine),
    )
    .map(({ logicalId }) => logicalId);
  return through.length === 0 ? [] : [{ kind: 'event-rule', through }];
}

function isOn({ Properties: { State, EventBusName = 'default', Targets } = {} }: StackResource): boolean {
  return State !== 'DISABLED' && EventBusName === 'default' && listOf(Targets).length > 0;
}

function hears(pattern: unknown, stack: StackView, machine: StackResource): boolean {
  const isName = (value: unknown): boolean => stack.means(value, machine);
  return (
    pattern !== undefined &&
    takes(valueAt(pattern, 'source'), (value) => value === 'aws.states') &&
    takes(valueAt(pattern, 'detail-type'), (value) => value === DETAIL_TYPE) &&
    takes(valueAt(pattern, 'detail.status'), (value) => value === 'FAILED') &&
    takes(valueAt(pattern, 'detail.stateMachineArn'), isName)
  );
}

/** Whether a field of a pattern takes a value: any where it is absent. Of comparisons only `anything-but` is read: no other is trusted to take it. */
function takes(field: unknown, isValue: (value: unknown) => boolean): boolean {
  if (field === undefined) return true;
  return listOf(field).some((allowed) => {
    if (!isRecord(allowed) || !isComparison(allowed)) return isValue(allowed);
    if (!('anything-but' in allowed)) return false;
    const others = listOf(allowed['anything-but']);
    return !others.some((other) => isValue(other) || isComparison(other));
  });
}

/** `{ prefix: … }` and the like, which is no reference. */
const isComparison = (value: unknown): boolean =>
  isRecord(value) && !Object.keys(value).some((key) => key === 'Ref' || key.startsWith('Fn::'));
