import { expect, test } from '@jest/globals';
import { fakeHost } from '../test/fake-host.ts';
import { MemoryAws } from '../test/memory-aws.ts';
import { SERVERLESS_4 } from '../test/serverless-4.ts';
import { frameworkAws } from './adapters/framework-aws.ts';
import type { HostProvider } from './host.ts';

test('each hook is on an event that Serverless 4 has', () => {
  const events = Object.entries(SERVERLESS_4.lifecycle).flatMap(([command, names]) =>
    names.flatMap((name) => [`${command}:${name}`, `before:${command}:${name}`, `after:${command}:${name}`]),
  );
  const hooks = Object.keys(fakeHost().plugin().hooks).filter((hook) => !hook.startsWith('lamplighter:'));
  expect(hooks.filter((hook) => !events.includes(hook))).toEqual([]);
  expect(hooks).toHaveLength(3);
});

/** `provider.request` with `SLS_AWS_SDK=3`. */
async function request(service: string): Promise<unknown> {
  if (!(SERVERLESS_4.servicesOfSdk3 as readonly string[]).includes(service))
    throw Object.assign(new Error(`Unsupported AWS service for v3 request path: ${service}`), {
      code: 'AWS_V3_UNSUPPORTED_SERVICE',
    });
  return {};
}

const keys = { accessKeyId: 'AKIA', secretAccessKey: 'secret' };

test.each<[string, unknown, unknown]>([
  ['in itself', { ...keys, sessionToken: 'token' }, { ...keys, sessionToken: 'token' }],
  ['under credentials', { credentials: keys }, keys],
  ['nowhere', undefined, undefined],
])(
  'what its requests do not know is asked by clients of our own, with the credentials that it has %s',
  async (_where, given, credentials) => {
    const configs: unknown[] = [];
    const provider: HostProvider = {
      ...fakeHost().host.getProvider('aws'),
      request,
      getCredentials: async () => given,
    };
    const aws = await frameworkAws(provider, async (config) => {
      configs.push(config);
      return new MemoryAws();
    });
    expect(await aws.parameter('/lamplighter/dev/ingestion/destination-arn')).toMatch(/^arn:aws:lambda/);
    expect(await aws.parameter('/none')).toBeUndefined();
    expect(await aws.filters('/aws/lambda/x')).toEqual([]);
    expect(configs).toEqual([{ region: 'us-east-1', ...(credentials === undefined ? {} : { credentials }) }]);
  },
);
