import { randomUUID } from 'node:crypto';
import type { AwsCaller } from '../../../core/aws-calls/aws-caller.ts';
import type { Json } from '../../../core/protocols/json.ts';
import { ApiError, type ServiceContext } from '../../../core/service.ts';
import { nextTurn } from '../../../core/time/steered-clock.ts';
import { objectStore } from '../integrations/object-store.ts';
import { type TaskCaller, taskRunner } from '../integrations/task-runner.ts';
import type { TaskTokens } from '../integrations/task-tokens.ts';
import type { Completion, Run } from '../interpreter/run.ts';
import type { TaskResource } from '../interpreter/task-resource.ts';
import type { StateGraph } from '../language/definition.ts';
import type { MapRun } from '../map/map-run.ts';
import { runDistributedMap, type StartChild } from '../map/run-distributed-map.ts';
import { announce } from './announce.ts';
import { completionOf } from './completion.ts';
import { contextObject } from './context-object.ts';
import { Execution, ExecutionEnded, type MachineType } from './execution.ts';
import { executionLog } from './execution-log.ts';
import { History, MOST_EVENTS_EXPRESS, MOST_EVENTS_STANDARD } from './history.ts';
import { parseInput } from './parse-input.ts';
import { runExecution } from './run-execution.ts';
import type { StateMachine } from './state-machine.ts';
import { assertName, executionDoesNotExist } from './states-errors.ts';

/** A name may be used again 90 days after its execution has ended. */
const NAME_KEPT_MS = 90 * 86_400_000;

export interface ExecutionsDeps {
  readonly context: ServiceContext;
  readonly aws: AwsCaller;
  readonly tokens: TaskTokens;
}

/** Every execution, and what starts and stops them. */
export class Executions {
  readonly mapRuns = new Map<string, MapRun>();
  readonly #byArn = new Map<string, Execution>();
  readonly #deps: ExecutionsDeps;
  #isStopped = false;

  constructor(deps: ExecutionsDeps) {
    this.#deps = deps;
  }

  /** Throws `ExecutionDoesNotExist`. */
  get(arn: string): Execution {
    const execution = this.#byArn.get(arn);
    if (!execution) throw executionDoesNotExist(arn);
    return execution;
  }

  list(): readonly Execution[] {
    return [...this.#byArn.values()];
  }

  /**
   * Starts a machine. The same name with the same input gives the standard execution that runs already.
   * Throws `InvalidName`, `InvalidExecutionInput`, `ExecutionAlreadyExists`.
   */
  start(machine: StateMachine, input: string, name: string = randomUUID()): Execution {
    assertName(name);
    const data = parseInput(input);
    const { snapshot } = machine;
    const isExpress = snapshot.type === 'EXPRESS';
    const arn = isExpress
      ? `${snapshot.arn.replace(':stateMachine:', ':express:')}:${name}:${randomUUID()}`
      : `${snapshot.arn.replace(':stateMachine:', ':execution:')}:${name}`;
    const known = this.#sameName(arn, input);
    if (known) return known;
    const execution = new Execution({
      arn,
      name,
      machine: snapshot,
      input,
      startedAt: this.#deps.context.clock.now(),
      history: this.#newHistory(arn, snapshot.type, machine),
    });
    this.#byArn.set(arn, execution);
    announce(this.#deps.context, execution);
    this.#begin(execution, snapshot.definition, data);
    return execution;
  }

  stop(execution: Execution, error?: string, cause?: string): void {
    execution.scope.cancel(new ExecutionEnded('ABORTED', error, cause));
  }

  /** Runs an execution that ended without success again from the state that it had reached. */
  redrive(execution: Execution): void {
    const { position, history, machine } = execution;
    execution.redrive(this.#deps.context.clock.now());
    history.record(history.lastId, 'ExecutionRedriven', {
      executionRedrivenEventDetails: { redriveCount: execution.redriveCount },
    });
    announce(this.#deps.context, execution);
    this.#follow(execution, machine.definition, position?.input ?? null, position?.state);
  }

  /** Ends everything without a word, because the sandbox stops. */
  stopAll(): void {
    this.#isStopped = true;
    for (const execution of this.#byArn.values()) execution.scope.cancel(new ExecutionEnded('ABORTED'));
  }

  #sameName(arn: string, input: string): Execution | undefined {
    const known = this.#byArn.get(arn);
    if (!known) return undefined;
    if (known.stoppedAt !== undefined && this.#deps.context.clock.now() - known.stoppedAt > NAME_KEPT_MS)
      return undefined;
    if (known.status === 'RUNNING' && known.input === input) return known;
    throw new ApiError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
  }

  #newHistory(arn: string, type: MachineType, machine?: StateMachine): History {
    const { context } = this.#deps;
    const isStandard = type === 'STANDARD';
    return new History({
      now: () => context.clock.now(),
      mostEvents: isStandard ? MOST_EVENTS_STANDARD : MOST_EVENTS_EXPRESS,
      isKept: isStandard,
      ...(machine?.logging ? { onEvent: executionLog(context, machine.logging, arn) } : {}),
    });
  }

  #begin(execution: Execution, graph: StateGraph, data: Json): void {
    const { input, machine, history } = execution;
    history.record(0, 'ExecutionStarted', {
      executionStartedEventDetails: { input, inputDetails: { truncated: false }, roleArn: machine.roleArn },
    });
    this.#follow(execution, graph, data);
  }

  #follow(execution: Execution, graph: StateGraph, input: Json, startAt?: string): void {
    const { context } = this.#deps;
    const run = this.#runOf(execution, input);
    // What called StartExecution is answered first.
    const started = Promise.resolve().then(() =>
      runExecution({ execution, graph, input, run, ...(startAt === undefined ? {} : { startAt }) }),
    );
    execution.ended = started.catch(context.report).then(() => {
      if (!this.#isStopped) announce(context, execution);
    });
  }

  #runOf(execution: Execution, input: Json): Run {
    const { context, aws } = this.#deps;
    const { machine } = execution;
    const caller: TaskCaller = {
      roleArn: machine.roleArn,
      executionArn: execution.arn,
      machineArn: machine.arn,
      sessionName: execution.name,
    };
    return {
      clock: context.clock,
      random: Math.random,
      history: execution.history,
      region: context.region,
      context: contextObject(execution, input),
      tasks: taskRunner({ ...this.#deps, completion: (arn, resource) => this.#completion(arn, resource) }, caller),
      breathe: () => context.track(nextTurn()),
      runDistributedMap: (state, data, frame) =>
        runDistributedMap(
          {
            store: objectStore(aws, caller),
            startChild: this.#startChild(execution),
            stopChild: (child) => this.stop(child),
            register: (run) => void this.mapRuns.set(run.settings.arn, run),
            parent: { machineArn: machine.arn, executionArn: execution.arn },
            assertMayStart: () =>
              context.peers.iam.assertRoleAllows(machine.roleArn, 'states:StartExecution', machine.arn),
          },
          state,
          data,
          frame,
        ),
    };
  }

  #startChild(parent: Execution): StartChild {
    return (run, { processor, input }) => {
      const name = randomUUID();
      const label = run.settings.machineArn.slice(run.settings.machineArn.lastIndexOf('/') + 1);
      const type = processor.ProcessorConfig?.ExecutionType ?? 'STANDARD';
      const kind = type === 'EXPRESS' ? ':express:' : ':execution:';
      const arn = `${parent.machine.arn.replace(':stateMachine:', kind)}/${label}:${name}`;
      const child = new Execution({
        arn,
        name,
        machine: { ...parent.machine, arn: run.settings.machineArn, type },
        input: JSON.stringify(input.input),
        startedAt: this.#deps.context.clock.now(),
        history: this.#newHistory(arn, type),
        mapRunArn: run.settings.arn,
        itemCount: input.itemCount,
      });
      run.children.push(child);
      this.#byArn.set(arn, child);
      this.#begin(child, processor, input.input);
      return child;
    };
  }

  #completion(arn: string, resource: TaskResource): Completion {
    const execution = this.get(arn);
    return { output: completionOf(execution, resource.pattern), cancel: () => this.stop(execution) };
  }
}
