import type { Json } from '../../../core/protocols/json.ts';
import { parseReferencePath, withValueAt } from '../language/paths/reference-path.ts';
import { evaluateExpression, fillTemplate } from '../language/payload-template.ts';
import { StateError } from '../language/state-error.ts';
import { type Frame, scopeOf } from './frame.ts';

/** 256 KiB of UTF-8: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const MAX_PAYLOAD_BYTES = 262_144;

/** The part of the input that InputPath selects, or of the output that OutputPath does; `null` gives an empty object. */
export function selectByPath(field: string, path: string | null | undefined, data: Json, frame: Frame): Json {
  if (path === null) return {};
  return path === undefined || path === '$' ? data : evaluateExpression(field, path, scopeOf(frame, data));
}

/** What Parameters or ResultSelector make of the data; the data itself where there are none. */
export function fillOptional(template: Json | undefined, data: Json, frame: Frame): Json {
  return template === undefined ? data : fillTemplate(template, scopeOf(frame, data));
}

/** Puts a result into the input at ResultPath; `null` drops the result. Throws `States.ResultPathMatchFailure`. */
export function placeResult(path: string | null | undefined, input: Json, result: Json): Json {
  if (path === null) return input;
  if (path === undefined || path === '$') return result;
  const placed = withValueAt(input, parseReferencePath(path), result);
  if (placed !== undefined) return placed;
  throw new StateError(
    'States.ResultPathMatchFailure',
    `Unable to apply step "${path}" to input ${JSON.stringify(input)}`,
  );
}

/** The JSON text of a value; throws `States.DataLimitExceeded` where it is too long. */
export function textOf(value: Json, stateName: string): string {
  const text = JSON.stringify(value);
  if (text.length <= MAX_PAYLOAD_BYTES / 4 || Buffer.byteLength(text) <= MAX_PAYLOAD_BYTES) return text;
  throw new StateError(
    'States.DataLimitExceeded',
    `The state/task '${stateName}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  );
}

/** What a `…Seconds` field, or the path beside it, says. Throws `States.Runtime` for a path that gives no number. */
export function numberOf(
  fields: { readonly value?: number | undefined; readonly path?: string | undefined; readonly field: string },
  data: Json,
  frame: Frame,
): number | undefined {
  const { value, path, field } = fields;
  if (path === undefined) return value;
  const found = evaluateExpression(field, path, scopeOf(frame, data));
  if (typeof found === 'number' && found >= 0) return found;
  throw new StateError(
    'States.Runtime',
    `The ${field} parameter cannot be parsed as a number: ${JSON.stringify(found)}`,
  );
}
