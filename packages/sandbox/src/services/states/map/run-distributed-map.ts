import { randomUUID } from 'node:crypto';
import type { Json, JsonObject } from '../../../core/protocols/json.ts';
import type { Execution } from '../executions/execution.ts';
import type { ObjectStore } from '../integrations/object-store.ts';
import { fillOptional, numberOf } from '../interpreter/data-flow.ts';
import type { Frame } from '../interpreter/frame.ts';
import { itemInput, itemsOf, processorOf } from '../interpreter/perform-map.ts';
import type { Scope } from '../interpreter/scope.ts';
import type { ItemProcessor, MapState } from '../language/definition.ts';
import { StateError } from '../language/state-error.ts';
import { batchItems, type ChildInput } from './batch-items.ts';
import { MapRun } from './map-run.ts';
import { readItems } from './read-items.ts';
import { collectResults, writeResults } from './write-results.ts';

/** AWS runs at most 10,000 children at once: https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html */
const MOST_CHILDREN = 10_000;

/** Starts one child; `ended` never rejects. */
export type StartChild = (
  run: MapRun,
  child: { readonly processor: ItemProcessor; readonly input: ChildInput },
) => Execution;

export interface DistributedMapDeps {
  readonly store: ObjectStore;
  readonly startChild: StartChild;
  readonly stopChild: (child: Execution) => void;
  /** Makes the run known under its ARN. */
  readonly register: (run: MapRun) => void;
  /** ARNs of the machine and the execution that the run belongs to. */
  readonly parent: { readonly machineArn: string; readonly executionArn: string };
  /** Throws unless the machine's role may start its children. */
  readonly assertMayStart: () => void;
}

/** Runs a Map state whose items are executions of their own. Throws `States.ExceedToleratedFailureThreshold`, and what reading and writing throw. */
export async function runDistributedMap(
  deps: DistributedMapDeps,
  state: MapState,
  data: Json,
  frame: Frame,
): Promise<Json> {
  const { thread } = frame;
  const items = state.ItemReader
    ? await thread.scope.race(readItems(state.ItemReader, data, frame, deps.store))
    : itemsOf(state, data, frame);
  const run = newRun(deps, state, childInputs(state, items, data, frame), data, frame);
  deps.assertMayStart();
  deps.register(run);
  thread.record('MapStateStarted', { mapStateStartedEventDetails: { length: items.length } });
  thread.record('MapRunStarted', { mapRunStartedEventDetails: { mapRunArn: run.settings.arn } });
  try {
    await thread.scope.within((scope) => runChildren(deps, run, processorOf(state), scope));
    const output = await results(deps, run, state, data, frame);
    run.end('SUCCEEDED', thread.run.clock.now());
    thread.record('MapRunSucceeded');
    thread.record('MapStateSucceeded');
    return output;
  } catch (error) {
    run.end(thread.scope.reason ? 'ABORTED' : 'FAILED', thread.run.clock.now());
    if (!thread.scope.reason && error instanceof StateError) recordFailure(frame, error);
    throw error;
  }
}

function newRun(
  deps: DistributedMapDeps,
  state: MapState,
  inputs: readonly ChildInput[],
  data: Json,
  frame: Frame,
): MapRun {
  const label = state.Label ?? frame.name.replace(/[^A-Za-z0-9_-]/g, '').slice(0, 40);
  const { machineArn, executionArn } = deps.parent;
  const number = (field: 'MaxConcurrency' | 'ToleratedFailureCount' | 'ToleratedFailurePercentage') =>
    numberOf({ value: state[field], path: state[`${field}Path`], field: `${field}Path` }, data, frame);
  return new MapRun({
    arn: `${machineArn.replace(':stateMachine:', ':mapRun:')}/${label}:${randomUUID()}`,
    executionArn,
    machineArn: `${machineArn}/${label}`,
    maxConcurrency: number('MaxConcurrency') ?? 0,
    tolerance: { count: number('ToleratedFailureCount'), percentage: number('ToleratedFailurePercentage') },
    inputs,
    startedAt: frame.thread.run.clock.now(),
  });
}

function childInputs(state: MapState, items: readonly Json[], data: Json, frame: Frame): readonly ChildInput[] {
  const selected = items.map((value, index) => {
    const item = { Map: { Item: { Index: index, Value: value } } };
    return itemInput(state, value, data, { ...frame, context: { ...frame.context, ...item } });
  });
  return batchItems(state.ItemBatcher, selected, data, frame);
}

async function runChildren(
  deps: DistributedMapDeps,
  run: MapRun,
  processor: ItemProcessor,
  scope: Scope,
): Promise<void> {
  const { inputs, maxConcurrency } = run.settings;
  const queue = inputs.values();
  const running = new Set<Execution>();
  const lane = async (): Promise<void> => {
    for (const input of queue) {
      if (scope.reason) return;
      const child = deps.startChild(run, { processor, input });
      running.add(child);
      await child.ended;
      running.delete(child);
      run.noteEnd(child);
      if (run.isOverTolerance())
        scope.cancel(
          new StateError(
            'States.ExceedToleratedFailureThreshold',
            'The specified tolerated failure threshold was exceeded',
          ),
        );
    }
  };
  scope.onCancel(() => {
    for (const child of running) deps.stopChild(child);
  });
  await Promise.all(
    Array.from({ length: Math.min(maxConcurrency || MOST_CHILDREN, MOST_CHILDREN, inputs.length) }, lane),
  );
  if (scope.reason) throw scope.reason;
}

async function results(
  { store }: DistributedMapDeps,
  run: MapRun,
  { ResultWriter: writer }: MapState,
  data: Json,
  frame: Frame,
): Promise<Json> {
  if (writer?.Resource === undefined) return collectResults(run, writer);
  const target = fillOptional(writer.Parameters ?? {}, data, frame) as JsonObject;
  return frame.thread.scope.race(writeResults(run, writer, target, store));
}

function recordFailure({ thread }: Frame, { error, reason }: StateError): void {
  thread.record('MapRunFailed', {
    mapRunFailedEventDetails: { error, ...(reason === undefined ? {} : { cause: reason }) },
  });
  thread.record('MapStateFailed');
}
