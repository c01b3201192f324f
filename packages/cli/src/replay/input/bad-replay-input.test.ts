import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from '@jest/globals';
import {
  exportText,
  ID,
  inputFolder,
  listed,
  PAYLOAD,
  packed,
  readFiles,
  removeFiles,
} from '../../testing/replay-files.ts';
import { readReplayInput } from './read-replay-input.ts';

afterAll(removeFiles);

describe('bad input', () => {
  const gz = gzipSync(exportText.repeat(50));
  test.each<[string, string, Readonly<Record<string, string | Buffer>>, readonly string[]]>([
    ['missing-file', 'a missing file', {}, ['nowhere.json']],
    ['no-logs', 'an empty file', { 'empty.log': '' }, ['empty.log']],
    ['no-logs', 'a directory with nothing but hidden files', { 'dir/.DS_Store': 'x' }, ['dir']],
    ['not-lambda-logs', 'a directory without logs', { 'dir/README.md': '# Read me' }, ['dir']],
    ['half-written-gz', 'a half-written .gz', { 'a.gz': gz.subarray(0, gz.length / 2) }, ['a.gz']],
    ['half-written-gz', 'a half-written .gz among good ones', { 'd/a.gz': gz, 'd/b.gz': gz.subarray(0, 60) }, ['d']],
    [
      'not-gzip',
      'a damaged .gz',
      { 'a.gz': Buffer.concat([gz.subarray(0, 40), Buffer.alloc(40, 7), gz.subarray(80)]) },
      ['a.gz'],
    ],
    ['unreadable-json', 'half a JSON file', { 'a.json': JSON.stringify({ events: listed }).slice(0, -30) }, ['a.json']],
    ['unreadable-json', 'broken JSON', { 'a.json': '{"events": [{"timestamp": 1, message: "x"}]}' }, ['a.json']],
    ['no-logs', 'JSON of log events without any', { 'a.json': '{"events": [], "searchedLogStreams": []}' }, ['a.json']],
    [
      'no-logs',
      'a payload that does not decode',
      { 'a.json': JSON.stringify({ awslogs: { data: packed(PAYLOAD).slice(0, 60) } }) },
      ['a.json'],
    ],
    ['no-logs', 'nothing but empty files', { 'a.log': '', 'b.log': '\n' }, ['a.log', 'b.log']],
    ['no-logs', 'times in nanoseconds', { 'a.json': JSON.stringify([{ timestamp: 1e18, message: 'x' }]) }, ['a.json']],
    ['not-lambda-logs', 'records in YAML', { 'a.yml': `- message: 'START RequestId: ${ID}'\n` }, ['a.yml']],
    ['not-lambda-logs', 'other JSON', { 'package.json': '{"name": "x", "version": "1.0.0"}' }, ['package.json']],
    [
      'not-lambda-logs',
      'a VPC flow log',
      {
        'f.log':
          '2 123456789010 eni-1235b8ca123456789 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK\n',
      },
      ['f.log'],
    ],
    [
      'not-lambda-logs',
      'an nginx log',
      {
        'access.log':
          '203.0.113.7 - - [21/Nov/2026:09:00:00 +0000] "GET /?q=REPORT%20RequestId: HTTP/1.1" 200 612 "-" "curl"\n',
      },
      ['access.log'],
    ],
    [
      'not-lambda-logs',
      'a function of another cloud',
      {
        'y.log':
          '2021-05-18 09:27:43  START RequestID: 34dc9533-ed6e-4468-b9f2-2aa0******** Version: b09i2s85a0c1********\n2021-05-18 09:27:43  REPORT RequestID: 34dc9533-ed6e-4468-b9f2-2aa0******** Duration: 538.610 ms Billed Duration: 538.700 ms Memory Size: 128 MB Max Memory Used: 13 MB\n',
      },
      ['y.log'],
    ],
  ])('%s: %s', async (code, _name, files, named) => {
    const error = await readFiles(files, named).catch((reason: unknown) => reason);

    expect(error).toMatchObject({ name: 'InputError', code });
    expect(String((error as { wayOut: unknown }).wayOut)).toMatch(/\w\.$/);
    expect((error as Error).message).not.toContain('\n');
  });

  test('log-group-needed: a download that does not name its log group', async () => {
    const file = join(await inputFolder(), 'events.json');
    await writeFile(file, JSON.stringify({ events: listed }));

    await expect(readReplayInput([file], { logGroupOf: () => undefined })).rejects.toMatchObject({
      code: 'log-group-needed',
    });
  });
});
