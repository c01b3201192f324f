import type { Json, JsonObject } from '../../../core/protocols/json.ts';
import type { Execution } from './execution.ts';

/** `$$`: https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html */
export function contextObject(
  { arn, name, machine, startedAt, redriveCount, redrivenAt }: Execution,
  Input: Json,
): JsonObject {
  return {
    Execution: {
      Id: arn,
      Input,
      Name: name,
      RoleArn: machine.roleArn,
      StartTime: new Date(startedAt).toISOString(),
      RedriveCount: redriveCount,
      ...(redrivenAt === undefined ? {} : { RedriveTime: new Date(redrivenAt).toISOString() }),
    },
    StateMachine: { Id: machine.arn, Name: machine.name },
  };
}
