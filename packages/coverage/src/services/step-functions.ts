import type { Watch } from '../coverage-report.ts';
import type { CoverageRule, ServiceRules } from '../coverage-rule.ts';
import type { StackResource, StackView } from '../stack-view.ts';
import { listOf, textsIn, valueAt } from '../template.ts';
import { alarmsOn } from '../watches/alarms.ts';

const machineRule: CoverageRule = (machine, stack) => [
  {
    aspect: 'failures',
    watchedBy: [
      ...alarmsOn(stack, machine, { namespace: 'AWS/States', dimension: 'StateMachineArn' }),
      ...logOf(machine),
      ...(valueAt(machine.Properties, 'TracingConfiguration.Enabled') === true
        ? [{ kind: 'tracing' as const, through: [] }]
        : []),
      ...rulesOnFailures(stack),
    ],
    why: 'an execution may fail, time out or be aborted, and nobody sees it',
    mend: 'loggingConfig: { level: ERROR, destinations: [<log group>] }, or an alarm on ExecutionsFailed and ExecutionsTimedOut',
  },
];

function logOf({ Properties }: StackResource): readonly Watch[] {
  const level = valueAt(Properties, 'LoggingConfiguration.Level');
  const hasPlace = listOf(valueAt(Properties, 'LoggingConfiguration.Destinations')).length > 0;
  return hasPlace && level !== undefined && level !== 'OFF' ? [{ kind: 'execution-log', through: [] }] : [];
}

/** Rules on `Step Functions Execution Status Change`, which standard machines send. */
function rulesOnFailures(stack: StackView): readonly Watch[] {
  const through = stack
    .ofType('AWS::Events::Rule')
    .filter(({ Properties }) => {
      const pattern = Properties?.EventPattern;
      const isOfStates = textsIn(valueAt(pattern, 'source')).includes('aws.states');
      const status = textsIn(valueAt(pattern, 'detail.status'));
      return isOfStates && (status.length === 0 || status.includes('FAILED'));
    })
    .map(({ logicalId }) => logicalId);
  return through.length === 0 ? [] : [{ kind: 'event-rule', through }];
}

export const STEP_FUNCTIONS: ServiceRules = {
  service: 'Step Functions',
  rules: { 'AWS::StepFunctions::StateMachine': machineRule },
};
