import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { runProgram } from '../program.ts';
import { recordedTerminal } from '../testing/recorded-terminal.ts';

let cwd: string;
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'lamplighter-coverage-'));
});
afterEach(() => rm(cwd, { recursive: true }));

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const terminal = recordedTerminal({ cwd });
  const code = await runProgram(['coverage', ...args], terminal);
  return { code, ...terminal.written };
}

const ALARM = { Namespace: 'AWS/Lambda', MetricName: 'Errors', Dimensions: [{ Name: 'FunctionName', Value: 'book' }] };
const TEMPLATE = {
  Resources: {
    Book: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'book' } },
    Errors: { Type: 'AWS::CloudWatch::Alarm', Properties: ALARM },
    Read: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'read' } },
  },
};
const EXEMPTION = { resource: 'Read', reason: 'its caller sees the error' };

/** A service as somebody else packaged it. */
async function packaged(lamplighter?: unknown, template: unknown = TEMPLATE, plugins?: unknown): Promise<void> {
  const folder = join(cwd, 'shop', '.serverless');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'cloudformation-template-update-stack.json'), JSON.stringify(template));
  if (lamplighter === undefined) return;
  await writeFile(
    join(folder, 'serverless-state.json'),
    JSON.stringify({ service: { plugins, custom: { lamplighter } } }),
  );
}

describe('lamplighter coverage', () => {
  test('shows what is watched and what is not, of a service or of its package', async () => {
    await packaged();
    const { code, out } = await run('shop');
    expect(code).toBe(0);
    expect(out).toMatch(/^Lambda\n {2}\+ Book {2}failures: alarm \(Errors\)\n {2}- Read\n {6}failures: not watched/);
    expect(out).toMatch(/monitoring coverage 50 %: 1 of 2 resources watched\n$/);
    expect(await run('shop/.serverless')).toMatchObject({ code: 0, out });
  });

  test.each([
    ['by a service without it', ['serverless-offline'], /plugins: \[serverless-lamplighter\]/],
    ['by a service that lists it', ['serverless-lamplighter'], /have serverless-lamplighter subscribe its log group/],
    [
      'by a service that lists it under modules',
      { modules: ['serverless-lamplighter'] },
      /have serverless-lamplighter/,
    ],
  ])('tells what mends it, read %s', async (_by, plugins, mend) => {
    await packaged({}, TEMPLATE, plugins);
    expect((await run('shop')).out).toMatch(mend);
  });

  test('fails below the minimum, of the command line or of the service', async () => {
    await packaged({ minimumCoveragePct: 60 });
    expect(await run('shop')).toMatchObject({
      code: 1,
      err: expect.stringMatching(
        /^This is the package of .*\nMonitoring coverage is 50 %, and at least 60 % is asked for\.\n$/,
      ),
    });
    expect((await run('shop', '--minimum', '50')).code).toBe(0);
    expect((await run('shop', '--minimum', '50.1')).code).toBe(1);
  });

  test('tells how old the package is, and takes what a deploy noted in it as watched', async () => {
    const Resources = {
      Book: TEMPLATE.Resources.Book,
      Group: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/aws/lambda/book' } },
    };
    await packaged({}, { Resources, Metadata: { Lamplighter: { SubscribedGroups: ['/aws/lambda/book'] } } });
    const file = join(cwd, 'shop/.serverless/cloudformation-template-update-stack.json');
    await utimes(file, new Date('2026-11-21T06:00:00Z'), new Date('2026-11-21T06:00:00Z'));
    expect(await run('shop', '--minimum', '100')).toMatchObject({
      code: 0,
      err: 'This is the package of 2026-11-21 06:00 UTC, 3 hours ago.\n',
    });
  });

  test("takes the service's exemptions, and those of a file", async () => {
    await packaged({ exemptions: [EXEMPTION] });
    expect((await run('shop', '--minimum', '100')).code).toBe(0);
    await packaged({});
    const list = [
      { ...EXEMPTION, service: 'shop' },
      { ...EXEMPTION, resource: 'Book', service: 'other' },
    ];
    await writeFile(join(cwd, 'exemptions.json'), JSON.stringify(list));
    const { code, out } = await run('shop', '--minimum', '100', '--exemptions', 'exemptions.json', '--json');
    expect([code, JSON.parse(out)]).toMatchObject([0, { coveragePct: 100, watched: 1, exempt: 1, idleExemptions: [] }]);
  });

  test.each([
    [
      'no package',
      async () => mkdir(join(cwd, 'shop')),
      ['shop'],
      /^error not-packaged: .*Run sls package there first/,
    ],
    ['a template that is none', async () => packaged({}, null), ['shop'], /^error not-packaged/],
    [
      'an exemption without a reason',
      async () => packaged({ exemptions: [{ resource: 'Read' }] }),
      ['shop'],
      /^error unreadable-exemptions/,
    ],
    [
      'a minimum that is no percentage',
      async () => packaged(),
      ['shop', '--minimum', '200'],
      /A percentage is a number from 0 to 100/,
    ],
    ...[
      ['--stage', 'prod'],
      ['--region', 'eu-west-1'],
      ['--param', 'door=stream'],
    ].map((args): [string, () => Promise<void>, string[], RegExp] => [
      `${args[0]} of what somebody else packaged`,
      () => packaged(),
      ['shop', ...args],
      /^error usage: --\w+ says nothing of .*shop, which its owner has packaged\. Leave it out/,
    ]),
  ])('%s is refused in one line', async (_name, prepare, args, message) => {
    await prepare();
    const { code, err } = await run(...args);
    expect([code, err.trimEnd().split('\n').length]).toEqual([2, 1]);
    expect(err).toMatch(message);
  });
});
