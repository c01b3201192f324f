import { physicalName } from '../../../core/physical-name.ts';
import { refuseUnknownProperties } from '../../../core/provided-property.ts';
import type { ResourceProvider } from '../../../core/service.ts';
import type { MachineType } from '../executions/execution.ts';
import type { LoggingConfiguration } from '../executions/logging-configuration.ts';
import type { StatesState } from '../states-state.ts';
import { definitionText } from './definition-text.ts';

const TYPE = 'AWS::StepFunctions::StateMachine';
const KNOWN = [
  'StateMachineName',
  'StateMachineType',
  'DefinitionString',
  'Definition',
  'DefinitionSubstitutions',
  'RoleArn',
  'LoggingConfiguration',
  'TracingConfiguration',
  'Tags',
];

interface MachineProperties {
  readonly StateMachineName?: string;
  readonly StateMachineType?: MachineType;
  readonly DefinitionString?: string;
  readonly Definition?: object;
  readonly DefinitionSubstitutions?: Readonly<Record<string, unknown>>;
  readonly RoleArn: string;
  readonly LoggingConfiguration?: {
    readonly Level?: LoggingConfiguration['level'];
    readonly IncludeExecutionData?: boolean | string;
    readonly Destinations?: readonly { readonly CloudWatchLogsLogGroup?: { readonly LogGroupArn?: string } }[];
  };
  readonly TracingConfiguration?: { readonly Enabled?: boolean | string };
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

/** `AWS::StepFunctions::StateMachine`: Ref is its ARN. */
export function stateMachineResource({ machines }: StatesState): ResourceProvider {
  const settingsOf = (properties: MachineProperties) => ({
    definition: definitionText(properties),
    roleArn: properties.RoleArn,
    loggingConfiguration: logging(properties.LoggingConfiguration ?? {}),
    tracingConfiguration: { enabled: String(properties.TracingConfiguration?.Enabled) === 'true' },
  });
  return {
    async create(request) {
      refuseUnknownProperties(TYPE, request.properties, KNOWN);
      const properties = request.properties as unknown as MachineProperties;
      const name = properties.StateMachineName ?? physicalName(request, 80);
      if (machines.list().some(({ snapshot }) => snapshot.name === name))
        throw new Error(`The state machine ${name} exists already.`);
      const { snapshot } = await machines.create({
        name,
        type: properties.StateMachineType,
        ...settingsOf(properties),
        tags: (properties.Tags ?? []).map(({ Key, Value }) => ({ key: Key, value: Value })),
      });
      return {
        ref: snapshot.arn,
        attributes: { Arn: snapshot.arn, Name: name, StateMachineRevisionId: snapshot.revisionId },
      };
    },
    async update(created, { properties }) {
      refuseUnknownProperties(TYPE, properties, KNOWN);
      const wanted = properties as unknown as MachineProperties;
      const { snapshot } = machines.get(created.ref);
      if (
        (wanted.StateMachineName ?? snapshot.name) !== snapshot.name ||
        (wanted.StateMachineType ?? 'STANDARD') !== snapshot.type
      ) {
        throw new Error(`The sandbox cannot change StateMachineName or StateMachineType of ${snapshot.name}.`);
      }
      const { snapshot: updated, tags } = await machines.update(created.ref, settingsOf(wanted));
      tags.clear();
      for (const { Key, Value } of wanted.Tags ?? []) tags.set(Key, Value);
      return { ref: created.ref, attributes: { ...created.attributes, StateMachineRevisionId: updated.revisionId } };
    },
    async delete({ ref }) {
      machines.delete(ref);
    },
  };
}

function logging({
  Level,
  IncludeExecutionData,
  Destinations,
}: NonNullable<MachineProperties['LoggingConfiguration']>): LoggingConfiguration {
  return {
    ...(Level === undefined ? {} : { level: Level }),
    includeExecutionData: String(IncludeExecutionData) === 'true',
    destinations: (Destinations ?? []).map(({ CloudWatchLogsLogGroup: group }) => ({
      cloudWatchLogsLogGroup: group?.LogGroupArn === undefined ? {} : { logGroupArn: group.LogGroupArn },
    })),
  };
}
