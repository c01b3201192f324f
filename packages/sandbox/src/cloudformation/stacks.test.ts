import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { CreatedResource, ResourceProvider } from '../core/service.ts';
import { serviceContext } from '../testing/service-context.ts';
import { Stacks } from './stacks.ts';
import type { Template, TemplateResource } from './template.ts';

/** A resource type whose steps are written down; `Name: broken` cannot be created. */
class Recorder implements ResourceProvider {
  readonly steps: string[] = [];
  readonly artifacts: string[] = [];

  async create({
    logicalId,
    properties,
    artifact,
  }: Parameters<ResourceProvider['create']>[0]): Promise<CreatedResource> {
    if (properties.Name === 'broken') throw new Error('it cannot be');
    if (typeof properties.Key === 'string') this.artifacts.push((await artifact(properties.Key)).toString());
    this.steps.push(`create ${logicalId}`);
    return { ref: `${logicalId}-ref`, attributes: { Arn: `arn:${String(properties.Name ?? logicalId)}` } };
  }

  async delete(_: CreatedResource, { logicalId }: { logicalId: string }): Promise<void> {
    this.steps.push(`delete ${logicalId}`);
  }
}

let things: Recorder;
let stacks: Stacks;

beforeEach(() => {
  things = new Recorder();
  stacks = new Stacks(serviceContext());
  stacks.provide({
    'Test::Thing': things,
    'Test::Changeable': {
      create: (request) => things.create(request),
      delete: (created, request) => things.delete(created, request),
      async update(created, { logicalId }) {
        things.steps.push(`update ${logicalId}`);
        return created;
      },
    },
  });
});

afterEach(() => {
  expect(stacks.list().filter(({ status }) => status.endsWith('IN_PROGRESS'))).toEqual([]);
});

const thing = (Properties: Record<string, unknown> = {}, rest: Partial<TemplateResource> = {}): TemplateResource => ({
  Type: 'Test::Thing',
  Properties,
  ...rest,
});
const deploy = (Resources: Template['Resources'], rest: Partial<Template> = {}, stackName = 'one') =>
  stacks.deploy({ stackName, template: { Resources, ...rest } });
const stepsOf = async (work: () => Promise<unknown>): Promise<readonly string[]> => {
  things.steps.length = 0;
  await work();
  return [...things.steps];
};

describe('a new stack', () => {
  test('is created in order, and shows resources and outputs', async () => {
    const stack = await deploy(
      { B: thing({ x: { 'Fn::GetAtt': ['A', 'Arn'] } }), A: thing({ Name: 'first' }) },
      { Outputs: { Arn: { Value: { 'Fn::GetAtt': 'A.Arn' } } } },
    );
    expect(things.steps).toEqual(['create A', 'create B']);
    expect(stack.resources.A).toEqual({
      logicalId: 'A',
      type: 'Test::Thing',
      physicalId: 'A-ref',
      attributes: { Arn: 'arn:first' },
    });
    expect(stack.outputs).toEqual({ Arn: 'arn:first' });
    expect(stack.status).toBe('CREATE_COMPLETE');
  });

  test('that fails half-way leaves nothing behind', async () => {
    await expect(deploy({ A: thing(), B: thing({ Name: 'broken', x: { Ref: 'A' } }) })).rejects.toThrow(
      'Stack one, resource B (Test::Thing): it cannot be',
    );
    expect(things.steps).toEqual(['create A', 'delete A']);
    expect(stacks.list()).toEqual([]);
  });

  test('with a type that nothing provides is refused before anything is created', async () => {
    await expect(deploy({ A: thing(), Vm: { Type: 'AWS::EC2::Instance' } })).rejects.toThrow('AWS::EC2::Instance (Vm)');
    expect(things.steps).toEqual([]);
  });

  test('reads artifacts by file name, whatever the key before it', async () => {
    const artifact = async (name: string) => Buffer.from(`content of ${name}`);
    await stacks.deploy({
      stackName: 'one',
      template: { Resources: { A: thing({ Key: 'serverless/x/1-2/app.zip' }) } },
      artifact,
    });
    expect(things.artifacts).toEqual(['content of app.zip']);
    await expect(deploy({ A: thing({ Key: 'a/app.zip' }) }, {}, 'two')).rejects.toThrow('a/app.zip');
  });

  test.each<[string, object, string]>([
    ['a section', { Rules: {} }, 'Rules'],
    ['a transform', { Transform: 'AWS::Serverless-2016-10-31' }, 'AWS::Serverless-2016-10-31'],
  ])('with %s that the sandbox would have to ignore is refused', async (_, rest, message) => {
    await expect(deploy({ A: thing() }, rest)).rejects.toThrow(message);
  });

  test('says where a value cannot be resolved', async () => {
    await expect(deploy({ A: thing({ x: { 'Fn::Cidr': [] } }) })).rejects.toThrow(
      'Stack one, resource A: The sandbox does not resolve Fn::Cidr',
    );
  });
});

describe('an update', () => {
  test('keeps the unchanged, creates the new, deletes the gone', async () => {
    await deploy({ Kept: thing({ a: 1 }), Gone: thing() });
    expect(await stepsOf(() => deploy({ Kept: thing({ a: 1 }), New: thing() }))).toEqual(['create New', 'delete Gone']);
    expect(Object.keys(stacks.get('one').template.Resources)).toEqual(['Kept', 'New']);
  });

  test('sees that the content behind a key has changed', async () => {
    const deployZip = (content: string) =>
      stacks.deploy({
        stackName: 'one',
        template: { Resources: { A: thing({ Key: 'x/app.zip' }) } },
        artifact: async () => Buffer.from(content),
      });
    await deployZip('old');
    expect(await stepsOf(() => deployZip('old'))).toEqual([]);
    expect(await stepsOf(() => deployZip('new'))).toEqual(['delete A', 'create A']);
    expect(things.artifacts).toEqual(['old', 'new']);
  });

  test('changes in place what can be', async () => {
    await deploy({ A: { Type: 'Test::Changeable', Properties: { a: 1 } }, B: thing({ x: { Ref: 'A' } }) });
    const work = () => deploy({ A: { Type: 'Test::Changeable', Properties: { a: 2 } }, B: thing({ x: { Ref: 'A' } }) });
    expect(await stepsOf(work)).toEqual(['update A']);
  });

  test('replaces what cannot, and with it what was made from it', async () => {
    const rest = { B: thing({ x: { Ref: 'A' } }), C: thing({ x: { Ref: 'B' } }), D: thing() };
    await deploy({ A: thing({ a: 1 }), ...rest });
    expect(await stepsOf(() => deploy({ A: thing({ a: 2 }), ...rest }))).toEqual([
      'delete C',
      'delete B',
      'delete A',
      'create A',
      'create B',
      'create C',
    ]);
  });

  test('is deleted in the order of what it has become', async () => {
    await deploy({ A: { Type: 'Test::Changeable' } });
    await deploy({ A: { Type: 'Test::Changeable', Properties: { x: { Ref: 'B' } } }, B: thing() });
    expect(await stepsOf(() => stacks.remove('one'))).toEqual(['delete A', 'delete B']);
  });

  test('that fails undoes what it created', async () => {
    await deploy({ A: thing() });
    await expect(
      deploy({ A: thing(), New: thing(), Bad: thing({ Name: 'broken' }, { DependsOn: 'New' }) }),
    ).rejects.toThrow('Bad');
    expect(things.steps).toEqual(['create A', 'create New', 'delete New']);
    expect([...stacks.get('one').resources.keys()]).toEqual(['A']);
  });
});

describe('exports', () => {
  const exporting = (name: string): Partial<Template> => ({
    Outputs: { Out: { Value: { Ref: 'A' }, Export: { Name: name } } },
  });
  const importing = { B: thing({ x: { 'Fn::ImportValue': 'shared' } }) };

  test('reach another stack, and cannot be deleted while it uses them', async () => {
    await deploy({ A: thing() }, exporting('shared'));
    await deploy(importing, {}, 'two');
    expect(stacks.get('two').resources.get('B')?.request.properties).toEqual({ x: 'A-ref' });
    await expect(stacks.remove('one')).rejects.toThrow('in use by two');
    await stacks.remove('two');
    await stacks.remove('one');
    expect(things.steps.slice(-2)).toEqual(['delete B', 'delete A']);
  });

  test('of one name cannot come from two stacks', async () => {
    await deploy({ A: thing() }, exporting('shared'));
    await expect(deploy({ A: thing() }, exporting('shared'), 'two')).rejects.toThrow('already exported');
    expect(stacks.list().map(({ name }) => name)).toEqual(['one']);
  });

  test('that are not there are named', async () => {
    await expect(deploy(importing)).rejects.toThrow('No export named shared found');
  });
});

test.each(['Retain', 'RetainExceptOnCreate'] as const)(
  'a resource with %s outlives its stack',
  async (DeletionPolicy) => {
    await deploy({ A: thing({}, { DeletionPolicy }), B: thing() });
    expect(await stepsOf(() => stacks.remove('one'))).toEqual(['delete B']);
    expect(() => stacks.get('one')).toThrow('Stack with id one does not exist');
  },
);

test.each([
  ['Retain', ['create A', 'create B', 'delete B']],
  ['RetainExceptOnCreate', ['create A', 'create B', 'delete B', 'delete A']],
] as const)('a deployment that fails leaves what it created with %s, or not', async (DeletionPolicy, steps) => {
  const failing = deploy({
    A: thing({}, { DeletionPolicy }),
    B: thing({}, { DependsOn: 'A' }),
    Bad: thing({ Name: 'broken' }, { DependsOn: 'B' }),
  });

  await expect(failing).rejects.toThrow('Bad');
  expect(things.steps).toEqual(steps);
});

test('a deletion policy that CloudFormation does not have is refused by name', async () => {
  const A = thing({}, { DeletionPolicy: 'Keep' as 'Retain' });
  await expect(deploy({ A })).rejects.toThrow('A has the DeletionPolicy Keep');
});
