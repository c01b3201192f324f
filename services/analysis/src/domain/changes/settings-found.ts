import type { Fact } from '@lamplighter/diagnosis';
import type { FunctionNews } from '../news/function-news.ts';
import { COMPARED } from './compared-settings.ts';
import { differences, type Released } from './released.ts';

/** The settings that two looks at a function differ in, as facts of when it was modified; none where there was no look before. */
export function settingsFound(before: Released | undefined, now: Released | undefined): Fact[] {
  if (before === undefined || now === undefined) return [];
  return differences(before.settings, now.settings).map(({ name, before: old, after }) => ({
    kind: 'configuration-change',
    id: `lambda/${name}/${now.modifiedAt}`,
    at: now.modifiedAt,
    setting: name,
    ...(old !== undefined && { before: old }),
    ...(after !== undefined && { after }),
  }));
}

const IS_COMPARED: ReadonlySet<string> = new Set(COMPARED);

/**
 * News of a function with the settings that became others, and from what. A call that CloudTrail tells of names all that it sets: where two looks are there to compare, what they do not
 * differ in was set to what it was, and is no news.
 */
export function withSettingsFound(
  news: FunctionNews,
  before: Released | undefined,
  now: Released | undefined,
): FunctionNews {
  if (before === undefined || now === undefined) return news;
  const isNamed = (fact: Fact): boolean => fact.kind === 'configuration-change' && IS_COMPARED.has(fact.setting);
  const found = settingsFound(before, now);
  const others = news.facts.filter((fact) => !isNamed(fact));
  if (found.length === 0 && others.length === news.facts.length) return news;
  return { ...news, facts: [...others, ...found] };
}
