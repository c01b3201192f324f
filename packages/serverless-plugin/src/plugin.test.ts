import { describe, expect, jest, test } from '@jest/globals';
import { MemoryAws } from '../test/memory-aws.ts';
import type { Host, HostFunction } from './host.ts';
import { ServerlessLamplighter } from './plugin.ts';
import type { CompiledTemplate } from './template/woven-template.ts';

class UserError extends Error {
  readonly code: string | undefined;
  constructor(message: string, code?: string) {
    super(message);
    this.code = code;
  }
}

interface HostOptions {
  readonly custom?: Record<string, unknown>;
  readonly commands?: readonly string[];
  readonly service?: string;
  readonly functions?: Record<string, HostFunction>;
}

const LIFECYCLE = [
  'before:package:compileFunctions',
  'after:aws:package:finalize:mergeCustomProviderResources',
  'before:aws:package:finalize:saveServiceState',
];
const GROUP = '/aws/lambda/shop-dev-book';

/** A host as Serverless 3 and 4 are: one function, packaged as far as the plugin sees it. */
function fakeHost({
  custom = {},
  commands = ['package'],
  service = 'shop',
  functions = { book: {} },
}: HostOptions = {}) {
  const template: CompiledTemplate = {
    Resources: {
      BookLambdaFunction: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'shop-dev-book' } },
      BookLogGroup: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: GROUP } },
    },
  };
  const said: string[] = [];
  const schemas: unknown[] = [];
  const host: Host = {
    service: {
      service,
      custom: { lamplighter: custom },
      functions,
      provider: { compiledCloudFormationTemplate: template },
    },
    configSchemaHandler: { defineCustomProperties: (schema) => schemas.push(schema) },
    pluginManager: { spawn: async () => package_() },
    processedInput: { commands },
    classes: { Error: UserError },
    getProvider: () => ({
      getStage: () => 'dev',
      getRegion: () => 'us-east-1',
      naming: { getLambdaLogicalId: (name) => `${name[0]?.toUpperCase()}${name.slice(1)}LambdaFunction` },
    }),
  };
  const aws = new MemoryAws();
  const say = (text: string) => said.push(text);
  const plugin = (commandLine = {}) =>
    (current = new ServerlessLamplighter(
      host,
      commandLine,
      { log: { notice: say, warning: say }, writeText: say },
      async () => aws,
    ));
  let current: ServerlessLamplighter | undefined;
  const run = async (...events: readonly string[]) => {
    current ??= plugin();
    for (const event of events) await current.hooks[event]?.();
  };
  const package_ = () => run(...LIFECYCLE);
  return {
    host,
    template,
    said,
    schemas,
    aws,
    plugin,
    run,
    package: package_,
    ids: () => Object.keys(template.Resources),
  };
}

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
    expect(shop.said[1]).toMatch(/^ {2}BookLambdaFunction: failures not watched; subscribe its log group/);
  });

  test('turns tracing on where a function says nothing, and tells what a role of its own needs', async () => {
    const functions = {
      book: { tracing: 'PassThrough' },
      read: {},
      own: { role: 'arn:aws:iam::123456789012:role/own' },
      edge: { events: [{ cloudFront: { eventType: 'viewer-request', origin: 's3://pages' } }] },
    };
    const shop = fakeHost({ custom: { tracing: true }, functions });
    await shop.run('before:package:compileFunctions');
    expect(Object.values(functions).map((fn: HostFunction) => fn.tracing)).toEqual([
      ...['PassThrough', 'Active', 'Active'],
      undefined,
    ]);
    expect(shop.said).toEqual([
      'Lamplighter: own is traced, and has a role of its own: it needs xray:PutTraceSegments and xray:PutTelemetryRecords.',
    ]);
  });

  test.each([
    ['an ARN', { iam: { role: 'arn:aws:iam::123456789012:role/own' } }, true],
    ['a reference', { iam: { role: { 'Fn::GetAtt': ['Own', 'Arn'] } } }, true],
    ['of old', { role: 'Own' }, true],
    ['described for the framework to make', { iam: { role: { statements: [] } } }, false],
  ])("a provider's role that is %s: who has to let X-Ray in is told", async (_name, provider, isOwn) => {
    const shop = fakeHost({ custom: { tracing: true } });
    Object.assign(shop.host.service.provider, provider);
    await shop.run('before:package:compileFunctions');
    expect(shop.said).toEqual(isOwn ? [expect.stringMatching(/^Lamplighter: book is traced, and has a role/)] : []);
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

describe('deploying', () => {
  test('fails before anything is deployed where a group is full', async () => {
    const shop = fakeHost({ commands: ['deploy'] });
    shop.aws.fill(GROUP);
    await expect(shop.package()).rejects.toMatchObject({ code: 'LAMPLIGHTER_FILTER_LIMIT' });
  });

  test('leaves out what is subscribed already, and counts it as watched', async () => {
    const shop = fakeHost({ commands: ['deploy'], custom: { minimumCoveragePct: 100 } });
    const destinationArn = shop.aws.parameters.get('/lamplighter/dev/ingestion/destination-arn')!;
    shop.aws.existing.set(GROUP, [{ name: 'lamplighter-dev', destinationArn }]);
    await shop.package();
    expect(shop.ids()).toEqual(['BookLambdaFunction', 'BookLogGroup']);
    expect(shop.said).toEqual([
      `Lamplighter: ${GROUP} is subscribed already, by the filter lamplighter-dev.`,
      'Lamplighter: monitoring coverage 100 %: 1 of 1 resources watched',
    ]);
  });

  test('a group whose name CloudFormation puts together is named: nobody could ask for it', async () => {
    const LogGroupName = { 'Fn::Sub': '/aws/lambda/${AWS::StackName}-book' };
    for (const commands of [['deploy'], ['package']]) {
      const shop = fakeHost({ commands });
      shop.template.Resources.BookLambdaFunction!.Properties = {
        FunctionName: 'x',
        LoggingConfig: { LogGroup: LogGroupName },
      };
      shop.template.Resources.BookLogGroup!.Properties = { LogGroupName };
      await shop.package();
      const told = shop.said.filter((line) => /BookLogGroup was not asked for/.test(line));
      expect(told).toHaveLength(commands[0] === 'deploy' ? 1 : 0);
    }
  });

  test('a log group that is there already keeps its logs: only a new one gets a retention', async () => {
    const fresh = fakeHost({ commands: ['deploy'] });
    await fresh.package();
    expect(fresh.template.Resources.BookLogGroup).toEqual({
      Type: 'AWS::Logs::LogGroup',
      Properties: { LogGroupName: GROUP, RetentionInDays: 30 },
    });
    for (const days of [undefined, 90, 7]) {
      const kept = days === undefined ? {} : { RetentionInDays: days };
      const old = fakeHost({ commands: ['deploy'] });
      old.aws.groups.set(GROUP, days);
      await old.package();
      // What an earlier deploy wrote and the template leaves out, CloudFormation would take away.
      expect(old.template.Resources.BookLogGroup?.Properties).toEqual({ LogGroupName: GROUP, ...kept });
      expect(old.said[0]).toBe(
        `Lamplighter: ${GROUP} was there before, and keeps its logs as long as so far; custom.lamplighter.retentionDays would change that.`,
      );
    }
    const again = fakeHost({ commands: ['deploy'] });
    again.aws.groups.set(GROUP, 30);
    await again.package();
    expect(again.template.Resources.BookLogGroup?.Properties).toMatchObject({ RetentionInDays: 30 });
    expect(again.said).toHaveLength(1);
  });

  test("the owner's retention is for all groups, and those whose logs it shortens are named", async () => {
    const shop = fakeHost({ commands: ['deploy'], custom: { retentionDays: 14 } });
    shop.aws.groups.set(GROUP, undefined);
    await shop.package();
    expect(shop.template.Resources.BookLogGroup?.Properties).toMatchObject({ RetentionInDays: 14 });
    expect(shop.said[0]).toBe(
      `Lamplighter: ${GROUP} keeps its logs for 14 days from this deploy on (custom.lamplighter.retentionDays): CloudWatch Logs deletes what is older, for good.`,
    );
    const longer = fakeHost({ commands: ['deploy'], custom: { retentionDays: 14 } });
    longer.aws.groups.set(GROUP, 3);
    await longer.package();
    expect(longer.said).toHaveLength(1);
  });

  test('no retention, no question', async () => {
    const shop = fakeHost({ commands: ['deploy'], custom: { retentionDays: false, subscriptions: false } });
    await shop.package();
    expect(shop.aws.calls).toBe(0);
  });

  test('a package that would have logs kept shorter or longer, of which nobody spoke, is not deployed', async () => {
    const made = fakeHost({ custom: { subscriptions: false } });
    await made.package();
    const deploy = (custom: Record<string, unknown> = { subscriptions: false }) => {
      const shop = fakeHost({ commands: ['deploy'], custom });
      Object.assign(shop.template, structuredClone(made.template));
      return shop;
    };
    for (const [days, loss] of [
      [undefined, 'would delete what is older, for good'],
      [90, 'would delete what is older, for good'],
      [7, 'would keep for longer what it deletes after 7 days now'],
    ] as const) {
      const old = deploy();
      old.aws.groups.set(GROUP, days);
      await expect(old.run('before:aws:deploy:deploy:createStack')).rejects.toMatchObject({
        code: 'LAMPLIGHTER_RETENTION',
        message: expect.stringContaining(loss),
      });
    }
    const same = deploy();
    same.aws.groups.set(GROUP, 30);
    await same.run('before:aws:deploy:deploy:createStack');
    const fresh = deploy();
    await fresh.run('before:aws:deploy:deploy:createStack');
    fresh.aws.groups.set(GROUP, 30);
    await fresh.run('before:aws:deploy:deploy:createStack');
    expect(fresh.aws.calls).toBe(2);
  });

  test('asks once', async () => {
    const shop = fakeHost({ commands: ['deploy'] });
    await shop.package();
    const { calls } = shop.aws;
    await shop.run('before:aws:deploy:deploy:createStack');
    expect([calls, shop.aws.calls]).toEqual([3, 3]);
  });

  test('a package that was made before is checked when it is deployed', async () => {
    const made = fakeHost();
    await made.package();
    const shop = fakeHost({ commands: ['deploy'] });
    Object.assign(shop.template, structuredClone(made.template));
    await shop.run('before:aws:deploy:deploy:createStack');
    expect(shop.aws.calls).toBe(3);
    shop.aws.fill(GROUP);
    await expect(shop.run('before:aws:deploy:deploy:createStack')).rejects.toMatchObject({
      code: 'LAMPLIGHTER_FILTER_LIMIT',
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
