import { InputError } from '../input-error.ts';
import { askFunctions } from './ask-audit.ts';
import type { AuditSource } from './source/audit-source.ts';

/** As many as fit on a line or two. */
const MOST = 10;

/** A sentence with the names of the functions that were seen, for whoever asked for one that was not. */
export async function functionsThere(source: AuditSource): Promise<string> {
  const names = new Set<string>();
  for await (const { functionName } of askFunctions(source)) {
    names.add(functionName);
    if (names.size > MOST) break;
  }
  return tellFunctions([...names]);
}

/** The same of names that are known. */
export function tellFunctions(names: readonly string[]): string {
  if (names.length === 0) return 'No function was seen there.';
  const told = names.slice(0, MOST).sort();
  return `Functions there: ${told.join(', ')}${names.length > MOST ? ', …' : ''}.`;
}

/** For whoever asked for a function that was not seen. `there` tells which were. */
export const unknownFunction = (name: string, place: string, there: string): InputError =>
  new InputError('unknown-function', `There is no function ${name} in ${place}.`, there);
