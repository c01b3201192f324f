import type { Change } from './change.ts';
import { resourceKeyOf } from './resource-key.ts';

/** What tells one change of a kind from another, and is not set by it. */
const NOT_SET = ['kind', 'functionName', 'uuid', 'from'];

/**
 * What a change sets, by names of their own. Two that set the same thing must not be in force at once where one of them is taken back after a while: the later
 * one's snapshot would hold what the earlier one had set, and undoing it would bring that back for good.
 */
export function settingsOf(change: Change): readonly string[] {
  const key = resourceKeyOf(change);
  switch (change.kind) {
    case 'lambda-configuration':
      return fieldsOf(change).map((field) => `${key}/${field}`);
    case 'event-source-mapping':
      return fieldsOf(change).map((field) => `${key}/${change.uuid}/${field}`);
    // The schedule moves the very number that the other one sets.
    case 'lambda-provisioned-concurrency':
    case 'lambda-provisioned-schedule':
      return [`${key}/${change.qualifier}/ready`];
    case 'api-throttle':
    case 'api-cache':
      return [`${key}/${change.stage}/${change.kind}`];
    default:
      return [`${key}/${change.kind}`];
  }
}

const fieldsOf = (change: Change): string[] =>
  Object.entries(change)
    .filter(([name, value]) => value !== undefined && !NOT_SET.includes(name))
    .map(([name]) => name);
