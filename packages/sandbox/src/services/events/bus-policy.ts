import { ApiError } from '../../core/service.ts';
import type { EventRouter } from './event-router.ts';

/** What PutPermission takes: a whole policy, or one statement's parts. */
export interface PermissionSettings {
  readonly EventBusName?: string;
  readonly StatementId?: string;
  readonly Action?: string;
  readonly Principal?: string;
  readonly Condition?: { readonly Type: string; readonly Key: string; readonly Value: string };
  readonly Policy?: string;
}

type Statement = Readonly<Record<string, unknown>>;

/** Sets statements of a bus's policy. It is kept and shown: calls inside the one account of the sandbox are judged by roles alone. */
export function putPermission(router: EventRouter, settings: PermissionSettings): void {
  const bus = router.bus(settings.EventBusName);
  const statements = settings.Policy === undefined ? [oneStatement(settings, bus.arn)] : parsePolicy(settings.Policy);
  if (settings.Policy !== undefined) bus.policy.clear();
  for (const statement of statements) bus.policy.set(String(statement.Sid), statement);
}

export function removePermission(
  router: EventRouter,
  settings: { EventBusName?: string; StatementId?: string; RemoveAllPermissions?: boolean },
): void {
  const { policy } = router.bus(settings.EventBusName);
  if (settings.RemoveAllPermissions) policy.clear();
  else if (!policy.delete(settings.StatementId ?? ''))
    throw new ApiError('ResourceNotFoundException', `Statement ${settings.StatementId} does not exist.`);
}

/** Throws `ValidationException` for the default bus, and for one that still has rules. */
export function deleteBus(router: EventRouter, name: string): void {
  const bus = router.bus(name);
  if (bus.name === 'default') throw new ApiError('ValidationException', 'Cannot delete event bus default.');
  if (bus.rules.size > 0)
    throw new ApiError('ValidationException', `Event bus ${name} can't be deleted since it has rules.`);
  router.buses.delete(bus.name);
}

function oneStatement({ StatementId, Action, Principal, Condition }: PermissionSettings, busArn: string): Statement {
  if (!StatementId || !Action || !Principal) {
    throw new ApiError('ValidationException', 'StatementId, Action and Principal are required, or Policy.');
  }
  return {
    Sid: StatementId,
    Effect: 'Allow',
    Principal: Principal === '*' ? '*' : { AWS: `arn:aws:iam::${Principal}:root` },
    Action,
    Resource: busArn,
    ...(Condition ? { Condition: { [Condition.Type]: { [Condition.Key]: Condition.Value } } } : {}),
  };
}

function parsePolicy(text: string): readonly Statement[] {
  try {
    const { Statement } = JSON.parse(text) as { Statement: Statement | readonly Statement[] };
    return [Statement].flat() as Statement[];
  } catch (cause) {
    throw Object.assign(new ApiError('ValidationException', 'Policy is not valid JSON.'), { cause });
  }
}
