import { expect, test } from '@jest/globals';
import { AWS_SERVICES, commandOf } from './aws-services.ts';
import { operationSchemas } from './sdk-shapes.ts';

test.each(Object.entries(AWS_SERVICES))(
  '%s has its client, and commands with schemas',
  async (_service, { client, load }) => {
    const module = await load();
    expect(typeof module[client]).toBe('function');
    const name = Object.keys(module).find((member) => /^[A-Z]\w+Command$/.test(member)) as string;
    const Command = commandOf(module, name.replace(/Command$/, ''));
    expect(operationSchemas(new Command!({}).schema).input.isStructSchema()).toBe(true);
  },
);

test('an action that a service has not has no command', async () => {
  const module = await AWS_SERVICES.sqs!.load();
  expect(commandOf(module, 'sendPigeon')).toBeUndefined();
  expect(commandOf(module, 'sendMessage')).toBeDefined();
});
