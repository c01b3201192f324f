import type { Watch } from '../coverage-report.ts';
import type { CoverageRule, ServiceRules } from '../coverage-rule.ts';
import type { StackResource } from '../stack-view.ts';
import { listOf, valueAt } from '../template.ts';
import { alarmsOn } from '../watches/alarms.ts';
import { FAILED_EXECUTIONS, rulesOnFailures } from '../watches/failed-executions.ts';

const machineRule: CoverageRule = (machine, stack) => [
  {
    aspect: 'failures',
    watchedBy: [
      ...alarmsOn(stack, machine, FAILED_EXECUTIONS),
      ...logOf(machine),
      ...(valueAt(machine.Properties, 'TracingConfiguration.Enabled') === true
        ? [{ kind: 'tracing' as const, through: [] }]
        : []),
      ...rulesOnFailures(stack, machine),
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

export const STEP_FUNCTIONS: ServiceRules = {
  service: 'Step Functions',
  rules: { 'AWS::StepFunctions::StateMachine': machineRule },
};
