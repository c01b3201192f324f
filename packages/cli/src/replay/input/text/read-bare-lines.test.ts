import { describe, expect, test } from '@jest/globals';
import { readChunks } from '../../../testing/read-chunks.ts';
import { readText } from './read-text.ts';

const read = (text: string): readonly string[] =>
  readChunks([text], (sink) => readText({ kind: 'bare' }, {}, sink)).messages;

/** Each block is one event in CloudWatch; the texts are of the AWS Lambda Developer Guide (CC-BY-SA-4.0) and of the runtimes themselves. */
const BLOCKS: readonly (readonly [string, string])[] = [
  [
    'a REPORT with its trace below',
    'REPORT RequestId: b92a770e\tDuration: 3.10 ms\tBilled Duration: 546 ms\t\nXRAY TraceId: 1-6a507b87-0cc4438344b48ef127ab1931\tSampled: true',
  ],
  [
    'a Python error',
    '[ERROR] RuntimeError: key missing\nTraceback (most recent call last):\n  File "/var/task/app.py", line 3, in handler\n    raise RuntimeError("key missing")',
  ],
  [
    'a Python traceback without a level',
    'Traceback (most recent call last):\n  File "/var/task/app.py", line 3, in handler\n    call()\nurllib.error.HTTPError: HTTP Error 404: Not Found',
  ],
  [
    'a Java stack',
    'java.lang.RuntimeException: down\n\tat example.Handler.handle(Handler.java:12)\nCaused by: java.io.IOException: refused\n\t... 7 more',
  ],
  [
    'a .NET error',
    '2021-12-10T08:20:59.274Z\t3e2fbf0c-1482-4d13-93b8-e6f4fc705d3f\tfail\tSystem.ApplicationException: You caused a failure\n---> System.ArgumentException: input\nat Function.Throw(String input)',
  ],
  [
    'a Node rejection with its JSON below',
    '2019-04-05T13:30:48.634Z\t00dc790e-2a09-4d3d-97f9-8d7d81dd231f\tERROR\tUnhandled Promise Rejection\n{\n    "errorType": "Runtime.UnhandledPromiseRejection",\n    "stack": [\n        "x"\n    ]\n}',
  ],
  [
    'a Ruby error',
    'Critical exception from handler\n{\n"errorMessage": "undefined method",\n"stackTrace": [\n"/var/task/handler.rb:4"\n]\n}',
  ],
  [
    'a runtime that exited',
    'RequestId: 63e8035d-dda7-4995-9dfb-b9e8a91afe28 Error: Runtime exited with error: exit status 255\nRuntime.ExitError',
  ],
];

describe('bare text', () => {
  test.each(BLOCKS)('keeps %s together, between other lines', (_name, block) => {
    expect(read(`START RequestId: a Version: 1\nbefore\n${block}\nEND RequestId: a\n`)).toEqual([
      'START RequestId: a Version: 1',
      'before',
      block,
      'END RequestId: a',
    ]);
  });

  test('tells all of them apart when they follow each other', () => {
    expect(read(BLOCKS.map(([, block]) => block).join('\n'))).toEqual(BLOCKS.map(([, block]) => block));
  });

  test('joins a REPORT that a browser wrapped', () => {
    expect(
      read(
        'REPORT RequestId: a\nDuration: 10.00 ms\nBilled Duration: 10 ms\n\nMemory Size: 512 MB\nSTART RequestId: b\nVersion: 2\n',
      ),
    ).toEqual([
      'REPORT RequestId: a\tDuration: 10.00 ms\tBilled Duration: 10 ms\tMemory Size: 512 MB',
      'START RequestId: b Version: 2',
    ]);
  });

  test('an expanded console row that holds its record twice is one record', () => {
    const raw = '{"time":"2026-10-08T07:30:27.768Z","type":"platform.start","record":{"requestId":"a"}}';
    const copy = `2026-10-08T07:30:27.768Z\n${JSON.stringify(JSON.parse(raw), null, 4)}\n\n${raw}\n`;

    expect(readChunks([copy], (sink) => readText({ kind: 'time-above' }, {}, sink)).messages).toEqual([raw]);
  });
});
