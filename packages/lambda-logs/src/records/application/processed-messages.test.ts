import { describe, expect, test } from '@jest/globals';
import { requestId } from '../../../test/log-story.ts';
import { type LogRecord, parseLogEvent } from '../../index.ts';

const ID = requestId(1);
const parse = (message: string | object): LogRecord =>
  parseLogEvent({ message: typeof message === 'string' ? message : JSON.stringify(message) });

describe('processed messages', () => {
  test.each<[string, string | object, object[]]>([
    ['flat', { sequenceNumber: '5', streamName: 's' }, [{ stream: 's', sequenceNumber: '5' }]],
    ['python names', { sequence_number: 5, stream_name: 's' }, [{ stream: 's', sequenceNumber: '5' }]],
    ['nested', { message: { SequenceNumber: '5', streamArn: 'arn' } }, [{ stream: 'arn', sequenceNumber: '5' }]],
    [
      'Kinesis record',
      { kinesis: { sequenceNumber: '5' }, eventSourceARN: 'arn' },
      [{ stream: 'arn', sequenceNumber: '5' }],
    ],
    [
      'event id',
      { eventID: 'shardId-000000000006:5', eventSourceARN: 'arn' },
      [{ stream: 'arn', sequenceNumber: '5' }],
    ],
    ['event id cut', { eventID: 'shardId-000000000006:', eventSourceARN: 'arn' }, []],
    [
      'records one level down',
      { event: { Records: [{ dynamodb: { SequenceNumber: '5' }, eventSourceARN: 'arn' }, 7] } },
      [{ stream: 'arn', sequenceNumber: '5' }],
    ],
    ['no stream', { sequenceNumber: '5' }, []],
    ['unsafe number', { sequenceNumber: 1e40, stream: 's' }, []],
    ['a stream that is a text', { sequenceNumber: '5', stream: 's'.repeat(513) }, []],
    ['a number that is a text', { sequenceNumber: '5'.repeat(129), stream: 's' }, []],
    [
      'a text with a message in it',
      { stream: 's'.repeat(3_000), kinesis: { sequenceNumber: '5', streamName: 's' } },
      [{ stream: 's', sequenceNumber: '5' }],
    ],
    [
      'text, a number that is a text',
      `sequenceNumber=${'5'.repeat(200)} stream=s`,
      [{ stream: 's', sequenceNumber: '5'.repeat(128) }],
    ],
    ['text', 'sequenceNumber=5 stream=s', [{ stream: 's', sequenceNumber: '5' }]],
    [
      'text, two',
      'sequence_number: 5, 6; sequenceNumber=7 stream_name=s',
      [
        { stream: 's', sequenceNumber: '5' },
        { stream: 's', sequenceNumber: '7' },
      ],
    ],
    ['text without a stream', 'sequenceNumber=5', []],
    [
      'console object',
      `2026-10-08T07:30:00.100Z\t${ID}\tINFO\t{\n  sequenceNumber: '5',\n  streamName: 's'\n}`,
      [{ stream: 's', sequenceNumber: '5' }],
    ],
    [
      'JSON after columns',
      `2026-10-08T07:30:00.100Z\t${ID}\tINFO\t{"eventID":"shardId-000:5","eventSourceARN":"arn"}`,
      [{ stream: 'arn', sequenceNumber: '5' }],
    ],
  ])('%s', (_, line, messages) => {
    expect(parse(line)).toMatchObject({ kind: 'application', messages });
  });
});
