import {
  CloudFormationClient,
  DescribeStackResourceCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  ListExportsCommand,
  ListStackResourcesCommand,
  ListStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { clientOfRole } from '../../testing/client-of-role.ts';
import { startTestSandbox, type TestSandbox } from '../../testing/start-test-sandbox.ts';

let started: TestSandbox;
let cloudFormation: CloudFormationClient;

const TEMPLATE = {
  Description: 'a lamp',
  Parameters: { Stage: { Type: 'String' } },
  Resources: {
    Lamp: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/lamp', Type: 'String', Value: { Ref: 'Stage' } } },
  },
  Outputs: {
    Name: {
      Value: { Ref: 'Lamp' },
      Description: 'its name',
      Export: { Name: { 'Fn::Sub': '${AWS::StackName}-name' } },
    },
  },
};

beforeAll(async () => {
  started = await startTestSandbox({ services: ['ssm'] });
  cloudFormation = started.sandbox.client(CloudFormationClient);
  await started.sandbox.deployTemplate({ stackName: 'lamps', template: TEMPLATE, parameters: { Stage: 'dev' } });
});
afterAll(() => started.stop());

test('a stack is described by name and by id', async () => {
  const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName: 'lamps' }));
  expect(Stacks).toEqual([
    expect.objectContaining({
      StackName: 'lamps',
      StackStatus: 'CREATE_COMPLETE',
      Description: 'a lamp',
      CreationTime: new Date(started.clock.now()),
      Parameters: [{ ParameterKey: 'Stage', ParameterValue: 'dev' }],
      Outputs: [{ OutputKey: 'Name', OutputValue: '/lamp', Description: 'its name', ExportName: 'lamps-name' }],
    }),
  ]);
  const byId = await cloudFormation.send(new DescribeStacksCommand({ StackName: Stacks![0]!.StackId }));
  expect(byId.Stacks?.[0]?.StackName).toBe('lamps');
  expect(started.sandbox.stack('lamps').outputs).toEqual({ Name: '/lamp' });
});

test('its resources, its template and its exports are listed', async () => {
  const resource = {
    LogicalResourceId: 'Lamp',
    PhysicalResourceId: '/lamp',
    ResourceType: 'AWS::SSM::Parameter',
    ResourceStatus: 'CREATE_COMPLETE',
  };
  const described = await cloudFormation.send(new DescribeStackResourcesCommand({ StackName: 'lamps' }));
  expect(described.StackResources).toEqual([expect.objectContaining({ ...resource, StackName: 'lamps' })]);
  const listed = await cloudFormation.send(new ListStackResourcesCommand({ StackName: 'lamps' }));
  expect(listed.StackResourceSummaries).toEqual([expect.objectContaining(resource)]);
  const one = await cloudFormation.send(
    new DescribeStackResourceCommand({ StackName: 'lamps', LogicalResourceId: 'Lamp' }),
  );
  expect(one.StackResourceDetail).toMatchObject(resource);
  const { TemplateBody } = await cloudFormation.send(new GetTemplateCommand({ StackName: 'lamps' }));
  expect(JSON.parse(TemplateBody!)).toEqual(TEMPLATE);
  const { Exports } = await cloudFormation.send(new ListExportsCommand({}));
  expect(Exports).toEqual([expect.objectContaining({ Name: 'lamps-name', Value: '/lamp' })]);
  const { StackSummaries } = await cloudFormation.send(new ListStacksCommand({}));
  expect(StackSummaries?.map(({ StackName }) => StackName)).toEqual(['lamps']);
});

test('what is not there is AWS’s error', async () => {
  await expect(cloudFormation.send(new DescribeStacksCommand({ StackName: 'nope' }))).rejects.toMatchObject({
    name: 'ValidationError',
    message: 'Stack with id nope does not exist',
  });
  const absent = new DescribeStackResourceCommand({ StackName: 'lamps', LogicalResourceId: 'Nope' });
  await expect(cloudFormation.send(absent)).rejects.toMatchObject({ name: 'ValidationError' });
});

test('a role sees the stacks that its policy names', async () => {
  const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName: 'lamps' }));
  const client = await clientOfRole(started.sandbox, CloudFormationClient, [
    { Effect: 'Allow', Action: 'cloudformation:DescribeStacks', Resource: Stacks![0]!.StackId! },
  ]);
  await expect(client.send(new DescribeStacksCommand({ StackName: 'lamps' }))).resolves.toHaveProperty('Stacks');
  await expect(client.send(new DescribeStacksCommand({}))).rejects.toMatchObject({ name: 'AccessDenied' });
});
