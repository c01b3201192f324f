import { type HistoryEvent, paginateGetExecutionHistory, paginateListExecutions, SFNClient } from '@aws-sdk/client-sfn';
import type { Alerting } from './deployed-alerting.ts';

/** From which state to which any escalation went so far, and how they ended. */
export async function walkedEscalations({ sandbox, stack }: Alerting) {
  const client = sandbox.client(SFNClient);
  const { physicalId: stateMachineArn } = Object.values(stack.resources).find(
    ({ type }) => type === 'AWS::StepFunctions::StateMachine',
  )!;
  const steps = new Set<string>();
  const ends = new Set<string>();
  for await (const { executions = [] } of paginateListExecutions({ client }, { stateMachineArn }))
    for (const { executionArn, status } of executions) {
      ends.add(String(status));
      for (const step of await stepsOf(client, executionArn!)) steps.add(step);
    }
  return { steps: [...steps].sort(), ends: [...ends].sort() };
}

/** From which state an execution went to which, and whether a task failed. */
async function stepsOf(client: SFNClient, executionArn: string): Promise<string[]> {
  const events: HistoryEvent[] = [];
  for await (const page of paginateGetExecutionHistory({ client }, { executionArn }))
    events.push(...(page.events ?? []));
  const entered = events.flatMap(({ stateEnteredEventDetails }) => stateEnteredEventDetails?.name ?? []);
  return [
    ...entered.map((name, at) => `${entered[at - 1] ?? 'start'} -> ${name}`),
    ...(events.some(({ type }) => type === 'TaskFailed') ? ['TakeTurn fails'] : []),
  ];
}
