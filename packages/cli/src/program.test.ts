import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import manifest from '../package.json' with { type: 'json' };
import { runProgram } from './program.ts';
import { recordedTerminal } from './testing/recorded-terminal.ts';

let cwd: string;
let taken: Server;
let port: string;
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'lamplighter-program-'));
  await writeFile(join(cwd, 'nginx.log'), '203.0.113.7 - - [21/Nov/2026:09:00:00 +0000] "GET / HTTP/1.1" 200 612\n');
  await writeFile(
    join(cwd, 'events.json'),
    JSON.stringify({
      events: [{ timestamp: 1, message: 'START RequestId: a Version: 1\n', logStreamName: 's', eventId: '1' }],
    }),
  );
  await writeFile(join(cwd, 'bell\u0007.json'), '{"events": [');
  await symlink(join(cwd, 'events.json'), join(cwd, 'linked.json'));
  taken = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
  port = String((taken.address() as { port: number }).port);
});
afterAll(async () => {
  taken.close();
  await rm(cwd, { recursive: true });
});

async function run(args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const terminal = recordedTerminal({ cwd });
  const code = await runProgram(args, terminal);
  return { code, ...terminal.written };
}

describe('bad input at the command line is one line that says what to do', () => {
  test.each<[string, readonly string[], RegExp]>([
    [
      'a missing file',
      ['replay', 'nowhere.json'],
      /^error missing-file: There is no .*nowhere\.json\. Check the name\.\n$/,
    ],
    [
      'an export of another product',
      ['replay', 'nginx.log'],
      /^error not-lambda-logs: .*nginx\.log .* Name an export .*\n$/,
    ],
    [
      'a file that does not name its log group',
      ['replay', 'events.json'],
      /^error log-group-needed: .* Add --log-group .*\n$/,
    ],
    [
      'a file name that rings the bell',
      ['replay', 'bell\u0007.json'],
      /^error unreadable-json: .*bell\\x07\.json.*\n$/,
    ],
    ['an impossible log group', ['replay', 'events.json', '--log-group', 'a b'], /^error usage: .*\n$/],
    [
      'an --out in no folder',
      ['replay', 'events.json', '--out', 'no/where.ndjson'],
      /^error missing-file: .*--out\.\n$/,
    ],
    ['an --out that is a folder', ['replay', 'events.json', '--out', '.'], /^error unwritable-file: .*--out\.\n$/],
    [
      'an --out that is the export itself',
      ['replay', 'events.json', '--log-group', '/aws/lambda/x', '--out', 'linked.json'],
      /^error unwritable-file: .*replayed\. .*--out\.\n$/,
    ],
    ['a request ID of nothing', ['audit', ''], /^error usage: .*\n$/],
    [
      'a time for a request',
      ['audit', 'x', '--since', '2h'],
      /^error usage: --since and --until go with --function.*\n$/,
    ],
    [
      'an outcome for a request',
      ['audit', 'x', '--failed'],
      /^error usage: --failed, --status and --slower-than go with --function.*\n$/,
    ],
    ['a limit for a request', ['audit', 'x', '--limit', '5'], /^error usage: --limit goes with a list\. .*\n$/],
    ['a time for a stream', ['audit', '--sequence', 'orders', '--until', '2h'], /^error usage: .*\n$/],
    ['two things at once', ['audit', 'x', '--function', 'y'], /^error usage: .*\n$/],
    [
      'no time',
      ['audit', '--function', 'y', '--since', 'noon', '--endpoint', 'http://127.0.0.1:9'],
      /^error usage: .*\n$/,
    ],
    [
      'an end before its beginning',
      [
        'audit',
        '--function',
        'y',
        '--since',
        '2026-01-02',
        '--until',
        '2026-01-01',
        '--endpoint',
        'http://127.0.0.1:9',
      ],
      /^error usage: --since 2026-01-02 is not before --until 2026-01-01\. .*\n$/,
    ],
    ['an endpoint that is no address', ['alerts', '--endpoint', 'prod'], /^error usage: prod is no address .*\n$/],
    [
      'a region with a blank',
      ['alerts', '--region', 'eu west'],
      /^error usage: --region takes a name .*"eu west".*\n$/,
    ],
    [
      'alerts of a kind that there is not',
      ['alerts', 'opne', '--region', 'eu-west-1'],
      /^error usage: opne is neither open, missed, recent, on-call nor the id of an alert\. .*\n$/,
    ],
    ['a region of nothing', ['alerts', '--region', ''], /^error usage: --region takes a name .*\n$/],
    ['a stage of nothing', ['repairs', '--stage', ''], /^error usage: --stage takes a name .*\n$/],
    ['an endpoint without a protocol', ['audit', 'x', '--endpoint', 'localhost:4566'], /^error usage: .*\n$/],
    ['the coverage of a missing folder', ['coverage', 'nowhere'], /^error missing-file: There is no .*nowhere\. .*\n$/],
    ['the coverage of a folder of text', ['coverage', '.'], /^error not-packaged: .*\n$/],
  ])('%s', async (_name, args, message) => {
    const { code, out, err } = await run(args);

    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err.replace(/^reading .*\n/m, '')).toMatch(message);
  });

  test('a port in use', async () => {
    const { code, err } = await run(['up', '--port', port]);

    expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(/^error port-in-use: .*\n$/) });
  });

  test.each<[string, readonly string[]]>([
    ['an unknown command', ['fly']],
    ['an unknown option', ['replay', 'x', '--fast']],
    ['an unknown door', ['replay', 'x', '--door', 'window']],
    ['no probability', ['replay', 'x', '--duplicate', '2']],
    ['no port', ['up', '--port', '70000']],
    ['no file', ['replay']],
  ])('%s is refused with a hint', async (_name, args) => {
    expect(await run(args)).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(/^error: .* \(see --help\)\n$/),
    });
  });

  test('--help is no error', async () => {
    expect(await run(['replay', '--help'])).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringContaining('--log-group'),
    });
  });

  test('--version tells which it is', async () => {
    expect(await run(['--version'])).toEqual({ code: 0, err: '', out: `${manifest.version}\n` });
  });
});
