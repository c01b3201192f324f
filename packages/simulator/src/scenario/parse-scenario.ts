import { parseDocument } from 'yaml';
import type * as z from 'zod';
import { Scenario, type ScenarioInput } from './scenario.ts';
import { ScenarioError } from './scenario-error.ts';

const LONGEST_TEXT = 4_000_000;
const MOST_ALIASES = 20;
const README = 'packages/simulator/README.md lists every key.';

/** Reads a scenario from YAML (or JSON). Throws a {@link ScenarioError} that names the first thing that is wrong. */
export function parseScenario(text: string): Scenario {
  if (text.length > LONGEST_TEXT)
    throw new ScenarioError(
      'unreadable-scenario',
      'The scenario is longer than 4 MB.',
      'Put long series into fewer minutes.',
    );
  const document = parseDocument(text, { uniqueKeys: true });
  const error = document.errors[0];
  if (error)
    throw new ScenarioError(
      'unreadable-scenario',
      `The scenario is no YAML: ${error.message.split('\n')[0]}`,
      'Compare it with samples/scenarios/quiet-day.yml.',
    );
  return createScenario(toValue(document));
}

function toValue(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch {
    throw new ScenarioError(
      'unreadable-scenario',
      'The scenario repeats itself by too many aliases.',
      'Write them out.',
    );
  }
}

/** A scenario from a value as YAML would give it, with every default filled in. */
export function createScenario(input: ScenarioInput | unknown): Scenario {
  const parsed = Scenario.safeParse(input);
  if (!parsed.success) {
    const issue = firstIssue(parsed.error.issues);
    const place = issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
    throw new ScenarioError(
      'invalid-scenario',
      `In the scenario, ${place}${issue.message}.`.replace('..', '.'),
      README,
    );
  }
  return parsed.data;
}

/** The deepest issue of a union says more than "invalid input", and a key that is not known more than the one that is missing in its place. */
function firstIssue(issues: readonly z.core.$ZodIssue[]): { path: readonly PropertyKey[]; message: string } {
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  if (!issue) return { path: [], message: 'something is not as it should be' };
  if (issue.code === 'invalid_type' && issue.path.length === 0)
    return { path: [], message: 'there are no keys, such as name, duration and functions' };
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined'))
    return { path: issue.path, message: 'it is missing' };
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return issue;
  const fewest = [...issue.errors].sort((a, b) => a.length - b.length)[0]!;
  const inner = firstIssue(fewest);
  return { path: [...issue.path, ...inner.path], message: inner.message };
}
