import { isRecord, listOf } from './template.ts';

/**
 * Whether a condition holds only where another does, too: it is the same, is written alike, or asks for it and more (`Fn::And`).
 * @param conditions the template's, by their names
 */
export function implies(
  conditions: Readonly<Record<string, unknown>>,
  condition: string | undefined,
  other: string | undefined,
): boolean {
  if (other === undefined || condition === other) return true;
  return condition !== undefined && asksFor(conditions, condition, other, new Set());
}

function asksFor(
  conditions: Readonly<Record<string, unknown>>,
  condition: string,
  other: string,
  seen: Set<string>,
): boolean {
  if (condition === other) return true;
  if (seen.has(condition)) return false;
  seen.add(condition);
  const written = conditions[condition];
  if (written !== undefined && JSON.stringify(written) === JSON.stringify(conditions[other])) return true;
  const parts = isRecord(written) ? listOf(written['Fn::And']) : [];
  return parts.some(
    (part) => isRecord(part) && typeof part.Condition === 'string' && asksFor(conditions, part.Condition, other, seen),
  );
}
