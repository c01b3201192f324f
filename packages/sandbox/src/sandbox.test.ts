import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect, test } from '@jest/globals';
import { Sandbox } from './sandbox.ts';

test('an SSM client works', async () => {
  const sandbox = await Sandbox.start({ services: ['ssm'] });
  const ssm = sandbox.client(SSMClient);
  await ssm.send(new PutParameterCommand({ Name: '/a/b', Value: 'x', Type: 'String' }));
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: '/a/b' }));
  expect(Parameter?.Value).toBe('x');
  console.log(sandbox.calls());
  await sandbox.stop();
});
