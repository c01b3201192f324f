import { describe, expect, test } from '@jest/globals';
import { coloured, plain } from '../../terminal/paint.ts';
import { RETRIED_STORY, TIMEOUT_STORY } from '../../testing/timeout-story.ts';
import { renderStory } from './render-story.ts';

const NOW = Date.UTC(2026, 10, 21, 9);

describe('renderStory', () => {
  test('tells a timeout', () => {
    expect(renderStory(TIMEOUT_STORY, { paint: plain, now: NOW })).toBe(`✗ storms $LATEST timed out
  Sandbox.Timedout: Task timed out after 3.00 seconds

  request    7c9567b5-107b-4a6c-8798-0157ac21db52
  when       2020-06-09 15:02:23.146 UTC (6 years ago)
  took       3003.16 ms, billed 3000 ms
  start      cold, initialised in 127.02 ms
  memory     48 of 128 MB used
  cost       $0.00000625, priced as x86_64: logs do not tell the architecture
  where      us-east-1 999999444390 /aws/lambda/storms
  stream     2020/06/09/[$LATEST]b249865adaaf4fad80f95f8ad09725b8
  trace      1-5edfa44f-0cc4438344b48ef127ab1931
  complete   nothing is missing

Log (4 lines, ms after the start)
       +0  START RequestId: 7c9567b5-107b-4a6c-8798-0157ac21db52 Version: $LATEST
    +3005  END RequestId: 7c9567b5-107b-4a6c-8798-0157ac21db52
    +3005  REPORT RequestId: 7c9567b5-107b-4a6c-8798-0157ac21db52  Duration: 3003.16 ms  Billed Duration: 3000 ms
    +3005  2020-06-09T15:02:26.150Z 7c9567b5-107b-4a6c-8798-0157ac21db52 Task timed out after 3.00 seconds
`);
  });

  test('tells the attempts, the messages and what is missing; text that could change the terminal is shown by its codes', () => {
    expect(renderStory(RETRIED_STORY, { paint: plain, now: NOW })).toBe(`✓ orders succeeded

  request    3eb496cd-c663-4ae2-a717-8f261b7ad48c
  when       2020-06-09 15:02:23.146 UTC (6 years ago)
  took       12.5 ms
  start      warm
  where      eu-central-1 123456789012 /aws/lambda/orders
  stream     2020/06/09/[$LATEST]b249865adaaf4fad80f95f8ad09725b8
  attempts   2
  complete   missing: report; 99.5 % of the function’s 200 invocations in that hour audited, 3 of them found again

Attempts
  1  2020-06-09 15:02:23.146 UTC  failed after 12.5 ms, warm
     Error: database is away
  2  2020-06-09 15:03:23.146 UTC  succeeded after 12.5 ms, warm

Messages it processed, by sequence number (1)
  49590338271490256608559692538361571095921575989136588898  arn:aws:kinesis:eu-central-1:123456789012:stream/orders

Log (9 lines, ms after the start)
       +3  database is away
               at connect (db.js:1:2)
   +60001  paid\\x1b[2J\\u202egpj.exe\\x0d\\x07
  … 7 more lines
`);
  });

  test('colours change nothing but the colours', () => {
    const escapes = /\u001b\[\d+m/g;

    const text = renderStory(RETRIED_STORY, { paint: coloured, now: NOW });

    expect(text).toMatch(escapes);
    expect(text.replace(escapes, '')).toBe(renderStory(RETRIED_STORY, { paint: plain, now: NOW }));
  });
});
