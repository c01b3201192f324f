import { randomUUID } from 'node:crypto';
import type { AwsCaller } from '../../../core/aws-calls/aws-caller.ts';
import { ApiError, type ServiceContext } from '../../../core/service.ts';
import { loadServices, refusalOf } from '../integrations/refuse-resource.ts';
import type { Definition } from '../language/definition.ts';
import { parseDefinition } from '../language/validation/parse-definition.ts';
import type { MachineType } from './execution.ts';
import { type LoggingConfiguration, readLogging } from './logging-configuration.ts';
import type { StateMachine } from './state-machine.ts';
import { assertName, invalidArn, invalidDefinition, machineDoesNotExist } from './states-errors.ts';

/** What CreateStateMachine and UpdateStateMachine give; a member that is absent stays as it is. */
export interface MachineSettings {
  readonly definition?: string | undefined;
  readonly roleArn?: string | undefined;
  readonly loggingConfiguration?: LoggingConfiguration | undefined;
  readonly tracingConfiguration?: { readonly enabled?: boolean } | undefined;
}

export interface NewMachine extends MachineSettings {
  readonly name: string;
  readonly definition: string;
  readonly roleArn: string;
  readonly type?: MachineType | undefined;
  readonly tags?: readonly { readonly key: string; readonly value: string }[] | undefined;
}

/** The state machines of the account. */
export class StateMachines {
  readonly #context: ServiceContext;
  readonly #caller: AwsCaller;
  readonly #byArn = new Map<string, StateMachine>();

  constructor(context: ServiceContext, caller: AwsCaller) {
    this.#context = context;
    this.#caller = caller;
  }

  arnOf(name: string): string {
    return `arn:aws:states:${this.#context.region}:${this.#context.accountId}:stateMachine:${name}`;
  }

  /** Throws `StateMachineDoesNotExist`, `InvalidArn`. */
  get(arn: string): StateMachine {
    const machine = this.#byArn.get(arn);
    if (machine) return machine;
    throw /^arn:[^:]+:states:[^:]*:\d+:stateMachine:/.test(arn) ? machineDoesNotExist(arn) : invalidArn(arn);
  }

  list(): readonly StateMachine[] {
    return [...this.#byArn.values()].sort((a, b) => (a.snapshot.name < b.snapshot.name ? -1 : 1));
  }

  /** The same request again gives the machine that is there. Throws `InvalidName`, `InvalidDefinition`, `StateMachineAlreadyExists`. */
  async create(settings: NewMachine): Promise<StateMachine> {
    const { name, type = 'STANDARD', roleArn, definition: definitionText } = settings;
    assertName(name);
    if (type !== 'STANDARD' && type !== 'EXPRESS')
      throw new ApiError('StateMachineTypeNotSupported', `State Machine Type Not Supported: '${type}'`);
    const definition = await this.#validated(definitionText, roleArn);
    const existing = this.#byArn.get(this.arnOf(name));
    if (existing) return sameOrThrow(existing, settings, type);
    const now = this.#context.clock.now();
    const arn = this.arnOf(name);
    const machine: StateMachine = {
      snapshot: { arn, name, type, roleArn, definition, definitionText, revisionId: randomUUID(), updatedAt: now },
      ...this.#observability(settings, roleArn),
      createdAt: now,
      tags: new Map((settings.tags ?? []).map(({ key, value }) => [key, value])),
    };
    this.#byArn.set(arn, machine);
    return machine;
  }

  /** Executions that run keep what they began with. Throws `InvalidDefinition`, `MissingRequiredParameter`. */
  async update(arn: string, settings: MachineSettings): Promise<StateMachine> {
    const machine = this.get(arn);
    if (Object.values(settings).every((value) => value === undefined)) {
      throw new ApiError(
        'MissingRequiredParameter',
        'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified',
      );
    }
    const roleArn = settings.roleArn ?? machine.snapshot.roleArn;
    const definitionText = settings.definition ?? machine.snapshot.definitionText;
    const definition = await this.#validated(definitionText, roleArn);
    const updatedAt = this.#context.clock.now();
    machine.snapshot = {
      ...machine.snapshot,
      roleArn,
      definition,
      definitionText,
      revisionId: randomUUID(),
      updatedAt,
    };
    const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
    const kept = {
      loggingConfiguration: machine.loggingConfiguration,
      tracingConfiguration: { enabled: machine.isTraced },
    };
    Object.assign(machine, this.#observability({ ...kept, ...given }, roleArn));
    return machine;
  }

  delete(arn: string): void {
    this.#byArn.delete(arn);
  }

  /** Throws `InvalidDefinition`; `AccessDeniedException` where the role cannot do what any run of the definition needs. */
  async #validated(text: string, roleArn: string): Promise<Definition> {
    const parsed = await this.parse(text);
    if (parsed.kind === 'invalid') throw invalidDefinition(parsed.problems);
    this.#assertAssumable(roleArn);
    if (/startExecution\.sync/.test(text)) this.#assertManagedRule(roleArn);
    return parsed.definition;
  }

  async parse(text: string) {
    await loadServices(text, this.#caller);
    return parseDefinition(text, (resource) => refusalOf(resource, this.#caller));
  }

  /** Step Functions goes by two names in trust policies; serverless-step-functions writes the one with the region. */
  #assertAssumable(roleArn: string): void {
    const { iam } = this.#context.peers;
    try {
      iam.assertServiceMayAssume(roleArn, `states.${this.#context.region}.amazonaws.com`);
    } catch {
      iam.assertServiceMayAssume(roleArn, 'states.amazonaws.com');
    }
  }

  /** To learn of a nested execution's end, Step Functions makes a rule on the role's behalf. */
  #assertManagedRule(roleArn: string): void {
    const { region, accountId, peers } = this.#context;
    const rule = `arn:aws:events:${region}:${accountId}:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule`;
    try {
      for (const action of ['PutTargets', 'PutRule', 'DescribeRule'])
        peers.iam.assertRoleAllows(roleArn, `events:${action}`, rule);
    } catch {
      throw new ApiError('AccessDeniedException', `'${roleArn}' is not authorized to create managed-rule.`);
    }
  }

  #observability({ loggingConfiguration = {}, tracingConfiguration }: MachineSettings, roleArn: string) {
    return {
      logging: readLogging(loggingConfiguration, roleArn, this.#context),
      loggingConfiguration: { level: 'OFF', includeExecutionData: false, ...loggingConfiguration },
      isTraced: tracingConfiguration?.enabled === true,
    };
  }
}

function sameOrThrow(
  existing: StateMachine,
  { definition, roleArn, name }: NewMachine,
  type: MachineType,
): StateMachine {
  const { snapshot } = existing;
  if (snapshot.definitionText === definition && snapshot.roleArn === roleArn && snapshot.type === type) return existing;
  throw new ApiError('StateMachineAlreadyExists', `State Machine Already Exists: '${snapshot.arn}' (${name})`);
}
