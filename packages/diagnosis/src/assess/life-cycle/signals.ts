import type { FindingClass } from '@lamplighter/contracts';
import type { Signal } from '../../findings/rule.ts';
import { RULES } from '../../findings/rules.ts';

/** Signals of one minute, by class, in the order of the rules. */
export type Signals = ReadonlyMap<FindingClass, Signal>;

/** One of them, as a part of what explains it. */
export type Part = readonly [type: FindingClass, signal: Signal];

/** What explains most first. */
export const ORDER: readonly FindingClass[] = [...RULES.map((rule) => rule.class), 'no-data'];
export const RULE_OF = new Map(RULES.map((rule) => [rule.class, rule]));
