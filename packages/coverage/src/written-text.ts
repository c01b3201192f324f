import type { StackView } from './stack-view.ts';
import { isRecord, listOf } from './template.ts';

/** Begins what is known only where the template is deployed. */
const OPEN = '${';

/**
 * A value as one text, however it is written: `Fn::Sub` and `Fn::Join` put together, a function by its name where the template says it, and
 * `${Id}` for what is known only where the template is deployed, or `${…}` around what a variable stands for: two values that differ are two texts. Undefined of
 * what is no text.
 */
export function writtenText(stack: StackView, value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (!isRecord(value)) return undefined;
  if (typeof value.Ref === 'string') return referredText(stack, value.Ref);
  const [text, variables] = listOf(value['Fn::Sub']);
  if (typeof text === 'string') return substituted(stack, text, isRecord(variables) ? variables : {});
  const [separator, parts] = listOf(value['Fn::Join']);
  if (typeof separator !== 'string' || !Array.isArray(parts)) return undefined;
  const texts = parts.map((part) => writtenText(stack, part));
  return texts.includes(undefined) ? undefined : texts.join(separator);
}

/** The text, where nothing of it is left to CloudFormation. */
export function knownText(stack: StackView, value: unknown): string | undefined {
  const text = writtenText(stack, value);
  return text?.includes(OPEN) ? undefined : text;
}

/** `Ref` of a function gives its name. */
function referredText(stack: StackView, id: string): string {
  const resource = stack.withId(id);
  const name = resource?.Type === 'AWS::Lambda::Function' ? resource.Properties?.FunctionName : undefined;
  return typeof name === 'string' ? name : `${OPEN}${id}}`;
}

function substituted(stack: StackView, text: string, variables: Readonly<Record<string, unknown>>): string {
  return text.replace(/\$\{([^!}][^}]*)\}/g, (_whole, name: string) => {
    const value = Object.hasOwn(variables, name) ? variables[name] : { Ref: name };
    return writtenText(stack, value) ?? `${OPEN}${JSON.stringify(value)}}`;
  });
}
