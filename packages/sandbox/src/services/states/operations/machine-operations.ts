import type { JsonOperation } from '../../../core/protocols/json-protocol.ts';
import type { RequiredPermission } from '../../../core/service.ts';
import type { MachineSnapshot } from '../executions/execution.ts';
import type { StateMachine } from '../executions/state-machine.ts';
import type { MachineSettings, NewMachine } from '../executions/state-machines.ts';
import { refuseMembers } from '../executions/states-errors.ts';
import { onAnything, onArn, type StatesState, toSeconds } from '../states-state.ts';
import { type PageRequest, page } from './page.ts';

type CreateRequest = NewMachine & Readonly<Record<string, unknown>>;
type UpdateRequest = MachineSettings & Readonly<Record<string, unknown>> & { readonly stateMachineArn: string };
interface MachineReference {
  readonly stateMachineArn: string;
}

const NOT_EMULATED = ['publish', 'versionDescription', 'encryptionConfiguration'];

/** CreateStateMachine, UpdateStateMachine, DescribeStateMachine, ListStateMachines, DeleteStateMachine, ValidateStateMachineDefinition. */
export function machineOperations({ machines }: StatesState): Record<string, JsonOperation> {
  const onMachine = (action: string) => (input: MachineReference) => onArn(action, input.stateMachineArn);
  return {
    CreateStateMachine: {
      permissions: ({ name, roleArn }: CreateRequest) => [
        ...onArn('CreateStateMachine', machines.arnOf(name)),
        ...passRole(roleArn),
      ],
      async handle(input: CreateRequest) {
        refuseMembers('CreateStateMachine', input, NOT_EMULATED);
        const { snapshot, createdAt } = await machines.create(input);
        return { stateMachineArn: snapshot.arn, creationDate: toSeconds(createdAt) };
      },
    },
    UpdateStateMachine: {
      permissions: (input: UpdateRequest) => [...onMachine('UpdateStateMachine')(input), ...passRole(input.roleArn)],
      async handle(input: UpdateRequest) {
        refuseMembers('UpdateStateMachine', input, NOT_EMULATED);
        const { definition, roleArn, loggingConfiguration, tracingConfiguration } = input;
        const { snapshot } = await machines.update(input.stateMachineArn, {
          definition,
          roleArn,
          loggingConfiguration,
          tracingConfiguration,
        });
        return { updateDate: toSeconds(snapshot.updatedAt), revisionId: snapshot.revisionId };
      },
    },
    DescribeStateMachine: {
      permissions: onMachine('DescribeStateMachine'),
      handle: ({ stateMachineArn }: MachineReference) => describeMachine(machines.get(stateMachineArn)),
    },
    ListStateMachines: {
      permissions: () => onAnything('ListStateMachines'),
      handle: (input: PageRequest) => page('stateMachines', machines.list().map(summary), input),
    },
    DeleteStateMachine: {
      permissions: onMachine('DeleteStateMachine'),
      handle: ({ stateMachineArn }: MachineReference) => machines.delete(stateMachineArn),
    },
    ValidateStateMachineDefinition: {
      permissions: () => onAnything('ValidateStateMachineDefinition'),
      async handle({ definition }: { readonly definition: string }) {
        const parsed = await machines.parse(definition);
        const problems = parsed.kind === 'valid' ? [] : parsed.problems;
        return {
          result: parsed.kind === 'valid' ? 'OK' : 'FAIL',
          diagnostics: problems.map((problem) => ({ severity: 'ERROR', ...problem })),
        };
      },
    },
  };
}

function passRole(roleArn: string | undefined): readonly RequiredPermission[] {
  if (roleArn === undefined) return [];
  return [{ action: 'iam:PassRole', resource: roleArn, context: { 'iam:PassedToService': 'states.amazonaws.com' } }];
}

function summary({ snapshot, createdAt }: StateMachine): Record<string, unknown> {
  return {
    stateMachineArn: snapshot.arn,
    name: snapshot.name,
    type: snapshot.type,
    creationDate: toSeconds(createdAt),
  };
}

function describeMachine(machine: StateMachine): Record<string, unknown> {
  return {
    ...summary(machine),
    status: 'ACTIVE',
    ...definitionOf(machine.snapshot),
    loggingConfiguration: machine.loggingConfiguration,
    tracingConfiguration: { enabled: machine.isTraced },
  };
}

export function definitionOf({ definitionText, roleArn, revisionId }: MachineSnapshot): Record<string, unknown> {
  return { definition: definitionText, roleArn, revisionId };
}
