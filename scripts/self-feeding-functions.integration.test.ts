import { beforeAll, expect, test } from '@jest/globals';
import { listOf, type PolicyStatement } from '../packages/sandbox/src/iam/policies/policy-document.ts';
import { type PackagedStack, packagedStacks, type TemplateResource } from './docs/packaged-stacks.ts';

let stacks: readonly PackagedStack[];
beforeAll(async () => {
  stacks = await packagedStacks();
}, 600_000);

/** Lambda stops a function that is reached by what it sent itself, after some 16 turns, unless it may. */
test('functions that feed a queue they read, by themselves or through others, may do so, and no others', () => {
  const feeding = stacks.flatMap(({ resources }) => selfFeeding(resources));
  const allowed = stacks.flatMap(({ resources }) =>
    functionsOf(resources)
      .filter(([, { Properties }]) => Properties?.RecursiveLoop === 'Allow')
      .map(([logicalId]) => logicalId),
  );

  expect(feeding.length).toBeGreaterThan(0);
  expect([...new Set(allowed)].sort()).toEqual([...new Set(feeding)].sort());
});

type Resources = PackagedStack['resources'];

const ofType = (resources: Resources, type: string): [string, TemplateResource][] =>
  Object.entries(resources).filter(([, { Type }]) => Type === type);
const functionsOf = (resources: Resources) => ofType(resources, 'AWS::Lambda::Function');

/** Logical ids of the functions that what they send can lead back to. */
function selfFeeding(resources: Resources): string[] {
  const next = new Map(functionsOf(resources).map(([id, { Properties }]) => [id, fedBy(resources, Properties ?? {})]));
  const reached = (from: string, seen = new Set<string>()): Set<string> => {
    for (const id of next.get(from) ?? []) if (!seen.has(id)) reached(id, seen.add(id));
    return seen;
  };
  return [...next.keys()].filter((id) => reached(id).has(id));
}

/** Functions that read the queues which a function's role may send to. */
function fedBy(resources: Resources, { Role }: Readonly<Record<string, unknown>>): string[] {
  const role = resources[refOf(Role) ?? ''];
  const policies = (role?.Properties?.Policies ?? []) as readonly {
    readonly PolicyDocument: { readonly Statement: readonly PolicyStatement[] };
  }[];
  const queues = policies
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .filter(({ Action }) => listOf<string>(Action).some((action) => /^sqs:(Send|\*)/.test(action)))
    .flatMap(({ Resource }) => listOf<unknown>(Resource as never).map(refOf));
  return ofType(resources, 'AWS::Lambda::EventSourceMapping')
    .filter(([, { Properties }]) => queues.includes(refOf(Properties?.EventSourceArn)))
    .flatMap(([, { Properties }]) => refOf(Properties?.FunctionName) ?? []);
}

/** The logical id in `Fn::GetAtt` or `Ref`. */
function refOf(value: unknown): string | undefined {
  const { 'Fn::GetAtt': attribute, Ref } = (value ?? {}) as { 'Fn::GetAtt'?: readonly string[]; Ref?: string };
  return attribute?.[0] ?? Ref;
}
