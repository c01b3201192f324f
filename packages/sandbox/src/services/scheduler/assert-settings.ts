import type { AwsCaller } from '../../core/aws-calls/aws-caller.ts';
import { commandOf } from '../../core/aws-calls/aws-services.ts';
import type { ServiceContext } from '../../core/service.ts';
import type { ScheduleSettings, Target } from './schedule.ts';
import { invalid } from './schedule-error.ts';
import { targetKind } from './target-call.ts';

const KNOWN = new Set([
  'Name',
  'GroupName',
  'ScheduleExpression',
  'ScheduleExpressionTimezone',
  'StartDate',
  'EndDate',
  'Description',
  'State',
  'Target',
  'FlexibleTimeWindow',
  'ActionAfterCompletion',
  'ClientToken',
]);
const KNOWN_OF_TARGET = new Set([
  'Arn',
  'RoleArn',
  'Input',
  'DeadLetterConfig',
  'RetryPolicy',
  'EventBridgeParameters',
  'KinesisParameters',
  'SqsParameters',
]);

/** Throws `ValidationException` for settings that are wrong, and for those that the sandbox does not emulate, by name. */
export async function assertSettings(
  settings: ScheduleSettings,
  context: ServiceContext,
  aws: AwsCaller,
): Promise<void> {
  const {
    Name,
    State = 'ENABLED',
    FlexibleTimeWindow: window,
    ActionAfterCompletion: after = 'NONE',
    StartDate,
    EndDate,
  } = settings;
  const unknown = Object.keys(settings).filter((name) => !KNOWN.has(name));
  if (unknown.length > 0) throw invalid(`The sandbox does not emulate ${unknown.join(', ')} of a schedule.`);
  if (!/^[0-9A-Za-z\-_.]{1,64}$/.test(Name ?? '')) throw invalid(`The schedule name ${Name} is not valid.`);
  if (State !== 'ENABLED' && State !== 'DISABLED') throw invalid(`The schedule state ${State} is not valid.`);
  if (after !== 'NONE' && after !== 'DELETE') throw invalid(`The ActionAfterCompletion ${after} is not valid.`);
  if (StartDate !== undefined && EndDate !== undefined && StartDate >= EndDate)
    throw invalid('The StartDate must be before the EndDate.');
  const minutes = window?.MaximumWindowInMinutes;
  const isWindow =
    window?.Mode === 'OFF'
      ? minutes === undefined
      : window?.Mode === 'FLEXIBLE' && (minutes ?? 0) >= 1 && (minutes ?? 0) <= 1440;
  if (!isWindow)
    throw invalid('FlexibleTimeWindow must be OFF, or FLEXIBLE with a MaximumWindowInMinutes from 1 to 1440.');
  await assertTarget(settings.Target, context, aws);
}

async function assertTarget(target: Target | undefined, { peers }: ServiceContext, aws: AwsCaller): Promise<void> {
  if (!target?.Arn || !target.RoleArn) throw invalid('A target needs Arn and RoleArn.');
  const unknown = Object.keys(target).filter((name) => !KNOWN_OF_TARGET.has(name));
  if (unknown.length > 0) throw invalid(`The sandbox does not emulate ${unknown.join(', ')} of a target.`);
  const kind = targetKind(target.Arn);
  const module = kind?.action === undefined ? undefined : await aws.load(kind.service);
  if (!kind || (kind.action !== undefined && !(module && commandOf(module, kind.action)))) {
    throw invalid(`The sandbox does not emulate the target ${target.Arn}.`);
  }
  if (kind.service === 'events' && !target.EventBridgeParameters)
    throw invalid('EventBridgeParameters is required for an event bus.');
  if (kind.service === 'kinesis' && kind.action === undefined && !target.KinesisParameters)
    throw invalid('KinesisParameters is required for a stream.');
  if (kind.action !== undefined || kind.service === 'events') assertJson(target.Input);
  try {
    peers.iam.assertServiceMayAssume(target.RoleArn, 'scheduler.amazonaws.com');
  } catch {
    throw invalid('The execution role you provide must allow AWS EventBridge Scheduler to assume the role.');
  }
}

function assertJson(input = '{}'): void {
  try {
    JSON.parse(input);
  } catch {
    throw invalid('The Input of the target must be a JSON text.');
  }
}
