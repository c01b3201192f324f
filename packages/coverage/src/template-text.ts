import { isRecord, listOf } from './template.ts';

/** Stands for what is known only where the template is deployed. */
export const HOLE = '*';

/** A value as the text that CloudFormation makes of it, with {@link HOLE} where it fills something in; undefined where it is no text. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (!isRecord(value)) return undefined;
  const [template] = listOf(value['Fn::Sub']);
  if (typeof template === 'string') return template.replace(/\$\{[^!][^}]*\}/g, HOLE);
  const [separator, parts] = listOf(value['Fn::Join']);
  if (typeof separator !== 'string' || !Array.isArray(parts)) return undefined;
  return parts.map((part) => textOf(part) ?? HOLE).join(separator);
}
