import type { Json } from '../../../core/protocols/json.ts';
import type { ItemProcessor, MapState } from '../language/definition.ts';
import { evaluateExpression } from '../language/payload-template.ts';
import { runtimeError } from '../language/state-error.ts';
import { fillOptional, numberOf } from './data-flow.ts';
import { type Frame, scopeOf } from './frame.ts';
import type { runGraph } from './run-graph.ts';
import { runTogether } from './run-together.ts';

/** AWS runs at most 40 items of an inline Map at once: https://docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html */
const MOST_INLINE = 40;

export function processorOf(state: MapState): ItemProcessor {
  return (state.ItemProcessor ?? state.Iterator) as ItemProcessor;
}

/** Runs the item processor over each item; inside this execution, or as executions of their own in DISTRIBUTED mode. */
export async function performMap(state: MapState, data: Json, frame: Frame, runInner: typeof runGraph): Promise<Json> {
  const results =
    processorOf(state).ProcessorConfig?.Mode === 'DISTRIBUTED'
      ? await frame.thread.run.runDistributedMap(state, data, frame)
      : await performInline(state, data, frame, runInner);
  return fillOptional(state.ResultSelector, results, frame);
}

async function performInline(state: MapState, data: Json, frame: Frame, runInner: typeof runGraph): Promise<Json> {
  const { thread, name } = frame;
  const items = itemsOf(state, data, frame);
  const concurrency = numberOf(
    { value: state.MaxConcurrency, path: state.MaxConcurrencyPath, field: 'MaxConcurrencyPath' },
    data,
    frame,
  );
  thread.record('MapStateStarted', { mapStateStartedEventDetails: { length: items.length } });
  try {
    const outputs = await runTogether(
      thread,
      items,
      Math.min(concurrency || MOST_INLINE, MOST_INLINE),
      async (value, scope, index) => {
        const item = { Map: { Item: { Index: index, Value: value } } };
        const details = { name, index };
        const line = thread.fork(scope, item);
        line.record('MapIterationStarted', { mapIterationStartedEventDetails: details });
        const input = itemInput(state, value, data, { ...frame, context: { ...frame.context, ...item } });
        try {
          const output = await runInner(processorOf(state), input, line);
          line.record('MapIterationSucceeded', { mapIterationSucceededEventDetails: details });
          return output;
        } catch (error) {
          if (scope.reason) line.record('MapIterationAborted', { mapIterationAbortedEventDetails: details });
          else line.record('MapIterationFailed', { mapIterationFailedEventDetails: details });
          throw error;
        }
      },
    );
    thread.lastEventId = thread.run.history.lastId;
    thread.record('MapStateSucceeded');
    return outputs;
  } catch (error) {
    if (!thread.scope.reason) thread.record('MapStateFailed');
    throw error;
  }
}

/** The items that ItemsPath finds. Throws `States.Runtime` where that is no array. */
export function itemsOf(state: MapState, data: Json, frame: Frame): readonly Json[] {
  const items =
    state.ItemsPath === undefined ? data : evaluateExpression('ItemsPath', state.ItemsPath, scopeOf(frame, data));
  if (Array.isArray(items)) return items;
  throw runtimeError(`Reference path "${state.ItemsPath ?? '$'}" must point to array.`);
}

/** The input of one item: the item, or what ItemSelector (once `Parameters`) makes of the state's input and `$$.Map.Item`. */
export function itemInput(state: MapState, item: Json, data: Json, frame: Frame): Json {
  const template = state.ItemSelector ?? state.Parameters;
  return template === undefined ? item : fillOptional(template, data, frame);
}
