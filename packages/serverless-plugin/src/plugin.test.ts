import { describe, expect, jest, test } from '@jest/globals';
import { fakeHost, LIFECYCLE, UserError } from '../test/fake-host.ts';
import type { HostFunction } from './host.ts';
import { ServerlessLamplighter } from './plugin.ts';

describe('packaging', () => {
  test('adds the filter, and asks AWS nothing', async () => {
    const shop = fakeHost();
    await shop.package();
    expect(shop.ids()).toContain('BookLogGroupLamplighterSubscription');
    expect(shop.template.Parameters?.LamplighterDestinationArn).toMatchObject({
      Default: '/lamplighter/dev/ingestion/destination-arn',
    });
    expect([shop.aws.calls, shop.said]).toEqual([
      0,
      ['Lamplighter: monitoring coverage 100 %: 1 of 1 resources watched'],
    ]);
    expect(shop.schemas).toHaveLength(1);
  });

  test('does nothing where it is not enabled', async () => {
    const shop = fakeHost({ custom: { enabled: false } });
    const before = structuredClone(shop.template);
    await shop.package();
    expect([shop.template, shop.said]).toEqual([before, []]);
  });

  test('tells what is not watched, with the way to mend it, and fails below the minimum', async () => {
    const shop = fakeHost({ custom: { subscriptions: false, minimumCoveragePct: 100 } });
    await expect(shop.package()).rejects.toMatchObject({ code: 'LAMPLIGHTER_COVERAGE' });
    expect(shop.said[1]).toMatch(
      /^ {2}BookLambdaFunction: failures not watched; have serverless-lamplighter subscribe/,
    );
  });

  test('turns tracing on where a function says nothing', async () => {
    const functions = {
      book: { tracing: 'PassThrough' },
      read: {},
      edge: { events: [{ cloudFront: { eventType: 'viewer-request', origin: 's3://pages' } }] },
    };
    const shop = fakeHost({ custom: { tracing: true }, functions });
    await shop.run('before:package:compileFunctions');
    expect(Object.values(functions).map((fn: HostFunction) => fn.tracing)).toEqual([
      'PassThrough',
      'Active',
      undefined,
    ]);
  });

  test.each([true, false])('tells of a role that a function got before the template was whole: %s', async (tracing) => {
    const shop = fakeHost({ custom: { tracing } });
    await shop.run('before:package:compileFunctions');
    shop.template.Resources.BookLambdaFunction!.Properties!.Role = { 'Fn::GetAtt': ['BookIamRole', 'Arn'] };
    shop.template.Resources.BookIamRole = { Type: 'AWS::IAM::Role', Properties: { Policies: [] } };
    await shop.run('before:aws:package:finalize:saveServiceState');
    const told =
      'Lamplighter: BookLambdaFunction is traced, and has a role of its own: it needs xray:PutTraceSegments and xray:PutTelemetryRecords.';
    expect(shop.said.includes(told)).toBe(tracing);
  });

  test.each([
    ['a service of Lamplighter itself', { service: 'lamplighter-ingestion' }, 'LAMPLIGHTER_WATCHES_ITSELF'],
    ['an exclusion that is no function', { custom: { subscriptions: { exclude: ['bok'] } } }, 'LAMPLIGHTER_OPTIONS'],
    ['an unknown option', { custom: { subscription: true } }, 'LAMPLIGHTER_OPTIONS'],
  ])("refuses %s in the framework's own words", async (_name, options, code) => {
    const failure: unknown = await fakeHost(options)
      .package()
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UserError);
    expect(failure).toMatchObject({
      code,
      message: expect.stringMatching(new RegExp(`^.+ \\(${code}\\)$`)) as unknown,
    });
  });
});
describe('serverless lamplighter coverage', () => {
  test('packages, and prints all of it', async () => {
    const shop = fakeHost({ commands: ['lamplighter', 'coverage'] });
    await shop.run('lamplighter:coverage:report');
    expect(shop.said.join('\n')).toMatch(/^Lambda\n {2}\+ BookLambdaFunction {2}failures: subscription of its logs/);
  });

  test('as JSON, and failing below --minimum', async () => {
    const shop = fakeHost({ commands: ['lamplighter', 'coverage'], custom: { subscriptions: false } });
    shop.plugin({ json: true, minimum: '100' });
    await expect(shop.run('lamplighter:coverage:report')).rejects.toMatchObject({
      code: 'LAMPLIGHTER_COVERAGE',
      message: expect.stringContaining('and --minimum asks for 100 %') as unknown,
    });
    expect(JSON.parse(shop.said[0]!)).toMatchObject({ coveragePct: 0, unwatched: 1 });
  });

  test('a minimum that is no percentage is refused', async () => {
    const shop = fakeHost();
    shop.plugin({ minimum: 'all' });
    await expect(shop.run('lamplighter:coverage:report')).rejects.toMatchObject({ code: 'LAMPLIGHTER_MINIMUM' });
  });
});

test('a framework without writers and schemas is spoken to on the console', async () => {
  const { host, run: _run, ...shop } = fakeHost();
  const { configSchemaHandler: _none, ...bare } = host;
  const log = jest.spyOn(console, 'log').mockImplementation(() => undefined);
  const plugin = new ServerlessLamplighter(bare, {}, {}, async () => shop.aws);
  for (const event of LIFECYCLE) await plugin.hooks[event]?.();
  expect(log).toHaveBeenCalledWith('Lamplighter: monitoring coverage 100 %: 1 of 1 resources watched');
  log.mockRestore();
});
