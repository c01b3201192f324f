import type { Json } from '../../../core/protocols/json.ts';
import type { PassState } from '../language/definition.ts';
import { fillOptional } from './data-flow.ts';
import type { Frame } from './frame.ts';

export function performPass(state: PassState, data: Json, frame: Frame): Json {
  return state.Result === undefined ? fillOptional(state.Parameters, data, frame) : state.Result;
}
