import type { RequiredPermission, ServiceContext } from '../../core/service.ts';
import type { Executions } from './executions/executions.ts';
import type { StateMachines } from './executions/state-machines.ts';
import type { TaskTokens } from './integrations/task-tokens.ts';

/** What the operations and resources of Step Functions work on. */
export interface StatesState {
  readonly context: ServiceContext;
  readonly machines: StateMachines;
  readonly executions: Executions;
  readonly tokens: TaskTokens;
}

export function onArn(action: string, resource: string): readonly RequiredPermission[] {
  return [{ action: `states:${action}`, resource }];
}

/** For actions that AWS judges on all resources alone. */
export function onAnything(action: string): readonly RequiredPermission[] {
  return onArn(action, '*');
}

/** Timestamps of the JSON protocol are in seconds. */
export const toSeconds = (ms: number): number => ms / 1000;
