import type { Rule } from '../event-bus.ts';
import type { BusEvent } from '../events-peer.ts';
import { valueAtPath } from './json-path.ts';
import type { RuleTarget } from './rule-target.ts';

/** The text that a target receives for an event: the event, a part of it, a constant, or what its template makes of it. */
export function targetInput(target: RuleTarget, event: BusEvent, rule: Rule, ingestedAt: number): string {
  if (target.Input !== undefined) return target.Input;
  if (target.InputPath !== undefined) return JSON.stringify(valueAtPath(event, target.InputPath) ?? {});
  if (target.InputTransformer) return transform(target.InputTransformer, event, rule, ingestedAt);
  return JSON.stringify(event);
}

/**
 * Fills `<name>` in a template: inside quotes as text, outside as JSON. A path that finds nothing gives an empty text.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
function transform(
  { InputPathsMap = {}, InputTemplate }: NonNullable<RuleTarget['InputTransformer']>,
  event: BusEvent,
  rule: Rule,
  ingestedAt: number,
): string {
  const reserved: Readonly<Record<string, unknown>> = {
    'aws.events.rule-arn': rule.arn,
    'aws.events.rule-name': rule.name,
    'aws.events.event.ingestion-time': new Date(ingestedAt).toISOString(),
    'aws.events.event.json': event,
    'aws.events.event': { ...event, detail: undefined },
  };
  let isQuoted = false;
  return InputTemplate.replace(/\\.|"|<([\w.-]+)>/g, (token, name: string | undefined) => {
    if (token === '"') isQuoted = !isQuoted;
    if (name === undefined) return token;
    const path = InputPathsMap[name];
    const value = path === undefined ? reserved[name] : valueAtPath(event, path);
    if (path === undefined && !(name in reserved)) return token;
    return isQuoted ? asText(value) : JSON.stringify(value ?? '');
  });
}

/** A value inside the quotes of a template. */
function asText(value: unknown): string {
  const text = typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
  return JSON.stringify(text).slice(1, -1);
}
