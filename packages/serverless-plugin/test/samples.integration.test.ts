import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { unzipSync } from 'fflate';
import { FRAMEWORKS, type PackagedSample, SAMPLES, SampleWorkshop } from './package-sample.ts';
import { templateChanges } from './template-changes.ts';

const FILTER = {
  Type: 'AWS::Logs::SubscriptionFilter',
  Properties: {
    FilterName: 'lamplighter-plugin-dev',
    FilterPattern: '',
    DestinationArn: { Ref: 'LamplighterDestinationArn' },
    RoleArn: {
      'Fn::If': ['LamplighterTakesStream', { Ref: 'LamplighterDestinationRoleArn' }, { Ref: 'AWS::NoValue' }],
    },
  },
};
const TRACED = '"Active"';

/** Everything that the README says the plugin changes, by sample; nothing else may differ. */
const DOCUMENTED: Readonly<Record<(typeof SAMPLES)[number], readonly string[]>> = {
  rest: [
    ...['CreateBookLogGroup', 'GetBookLogGroup'].flatMap((group) => [
      `Resources/${group}/Metadata: nothing -> {"Lamplighter":{"RetentionInDays":"for a new log group alone"}}`,
      `Resources/${group}/Properties/RetentionInDays: nothing -> 30`,
    ]),
    added('CreateBookLogGroup'),
    added('GetBookLogGroup'),
    added('NightlyReportLogGroup'),
  ],
  streams: [
    added('CountClicksLogGroup'),
    added('PlaceOrderLogGroup'),
    added('TellWarehouseLogGroup'),
    ...['Audit', 'CountClicks', 'PlaceOrder', 'TellWarehouse'].map(
      (name) => `Resources/${name}LambdaFunction/Properties/TracingConfig: nothing -> {"Mode":${TRACED}}`,
    ),
    'role: xray',
  ],
  workflows: [
    ...['SharedLogs', 'ReceiveApplicationLogGroup'].flatMap((group) => [
      `Resources/${group}/Metadata: nothing -> {"Lamplighter":{"RetentionInDays":"for every log group"}}`,
      `Resources/${group}/Properties/RetentionInDays: nothing -> 90`,
    ]),
    added('SharedLogs', 'SharedLogsLamplighterPermission'),
    added('ReceiveApplicationLogGroup'),
    'permission: SharedLogs',
  ],
};

function added(logGroupId: string, permissionId?: string): string {
  const { Type, Properties } = FILTER;
  const arn = Properties.DestinationArn;
  const afterPermission = {
    'Fn::If': ['LamplighterTakesDirect', { 'Fn::Select': [0, [arn, { Ref: permissionId }]] }, arn],
  };
  const DestinationArn = permissionId === undefined ? arn : afterPermission;
  const filter = { Type, Properties: { LogGroupName: { Ref: logGroupId }, ...Properties, DestinationArn } };
  return `Resources/${logGroupId}LamplighterSubscription: nothing -> ${JSON.stringify(filter)}`;
}

/** Two long changes, told in a word once their content is checked. */
function shortened(change: string): string {
  if (change.startsWith('Resources/SharedLogsLamplighterPermission: nothing -> {"Type":"AWS::Lambda::Permission"'))
    return 'permission: SharedLogs';
  const role = /^Resources\/IamRoleLambdaExecution\/Properties\/Policies: (.*) -> (.*)$/.exec(change);
  const xray = '{"Effect":"Allow","Action":["xray:PutTraceSegments","xray:PutTelemetryRecords"],"Resource":["*"]}';
  return role?.[2]?.replace(`,${xray}`, '') === role?.[1] && role ? 'role: xray' : change;
}

const templateOf = async ({ directory }: PackagedSample): Promise<Record<string, unknown>> =>
  JSON.parse(await readFile(join(directory, 'cloudformation-template-update-stack.json'), 'utf8'));

/** Every file of every zip. */
async function codeOf({ directory }: PackagedSample): Promise<Record<string, string>> {
  const zips = (await readdir(directory)).filter((name) => name.endsWith('.zip'));
  const files = await Promise.all(
    zips.map(async (zip) =>
      Object.entries(unzipSync(await readFile(join(directory, zip)))).map(([name, bytes]) => [
        `${zip}/${name}`,
        Buffer.from(bytes).toString(),
      ]),
    ),
  );
  return Object.fromEntries(files.flat());
}

describe.each(FRAMEWORKS)('packaged by %s', (framework) => {
  let workshop: SampleWorkshop;
  beforeAll(async () => {
    workshop = await SampleWorkshop.open();
  });
  afterAll(() => workshop?.close());

  describe.each(SAMPLES)('the sample %s', (sample) => {
    let original: PackagedSample;
    let watched: PackagedSample;
    beforeAll(async () => {
      original = await workshop.package({ sample, framework, hasPlugin: false });
      // What its owner wrote for the plugin is there in both.
      watched = await workshop.package({ sample, framework });
    });

    test('differs from the original by what is documented, and by nothing else', async () => {
      expect([original.exitCode, watched.exitCode, watched.output]).toEqual([0, 0, watched.output]);
      const { Parameters, Conditions, ...template } = await templateOf(watched);
      const changes = templateChanges(await templateOf(original), template)
        .map(shortened)
        .sort();
      expect(changes).toEqual([...DOCUMENTED[sample]].sort());
      expect(Object.keys(Parameters as object)).toEqual(['LamplighterDestinationArn', 'LamplighterDestinationRoleArn']);
      expect(Object.keys(Conditions as object)).toEqual(['LamplighterTakesStream', 'LamplighterTakesDirect']);
    });

    test('ships the same code', async () => {
      const before = await codeOf(original);
      expect(Object.keys(before).length).toBeGreaterThan(0);
      expect(await codeOf(watched)).toEqual(before);
    });

    test('is told its coverage in a line', () => {
      expect(watched.output).toMatch(/Lamplighter: monitoring coverage \d+(\.\d)? %: \d+ of \d+ resources watched/);
      expect(watched.output).not.toMatch(/warning|Warning/);
    });
  });

  test('an unknown option is refused, whatever the validation mode', async () => {
    const replace = { 'tracing: true': 'traces: true' };
    const { exitCode, output } = await workshop.package({ sample: 'streams', framework, replace });
    expect(exitCode).toBe(1);
    const told = output.split('\n').filter((line) => line.includes('traces'));
    expect(told).toEqual([
      expect.stringMatching(
        /custom\.lamplighter: Unrecognized key: "traces"; there are .*tracing.*\(LAMPLIGHTER_OPTIONS\)$/,
      ),
    ]);
  });

  test('packaging fails below the minimum that the owner sets', async () => {
    const replace = { 'minimumCoveragePct: 50': 'minimumCoveragePct: 95' };
    const { exitCode, output } = await workshop.package({ sample: 'workflows', framework, replace });
    expect(exitCode).toBe(1);
    expect(output).toMatch(/Monitoring coverage is 60 %, and custom\.lamplighter\.minimumCoveragePct asks for 95 %/);
  });

  test('where the account is subscribed, disableLogs is a gap, and a function written under resources is none', async () => {
    const ingest =
      'IngestLambdaFunction: { Type: AWS::Lambda::Function, Properties: { FunctionName: ingest, Code: { ZipFile: "1" } } }';
    const replace = {
      'tracing: true': 'accountWatched: true',
      '    Clicks:\n': `    ${ingest}\n    Clicks:\n`,
      'name: aws': 'name: aws\n  deploymentPrefix: releases',
    };
    const { output } = await workshop.package({
      sample: 'streams',
      framework,
      replace,
      command: ['lamplighter', 'coverage'],
    });
    expect(output).toMatch(/- AuditLambdaFunction\n +failures: not watched, it writes no logs/);
    expect(output).toMatch(/\+ IngestLambdaFunction {2}failures: subscription of the account/);
  });

  test('serverless lamplighter coverage tells everything, and fails below --minimum', async () => {
    const command = ['lamplighter', 'coverage'];
    const told = await workshop.package({ sample: 'workflows', framework, command });
    expect(told).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining('  + AssessRiskLambdaFunction  failures: subscription of its logs') as unknown,
    });
    const strict = await workshop.package({ sample: 'workflows', framework, command: [...command, '--minimum', '99'] });
    expect(strict).toMatchObject({ exitCode: 1, output: expect.stringContaining('asks for 99 %') as unknown });
  });
});
