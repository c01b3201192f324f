import { TestEventPatternCommand } from '@aws-sdk/client-eventbridge';
import { describe, expect, test } from '@jest/globals';
import { EventsSuite } from '../testing/events-suite.ts';

const suite = new EventsSuite();

describe('TestEventPattern', () => {
  const Event = JSON.stringify({
    id: '1',
    account: '1',
    source: 'a',
    time: 't',
    region: 'r',
    resources: [],
    'detail-type': 'd',
  });

  test('says whether the pattern matches', async () => {
    const result = async (EventPattern: string) =>
      (await suite.client.send(new TestEventPatternCommand({ EventPattern, Event }))).Result;
    expect(await result('{"source":["a"]}')).toBe(true);
    expect(await result('{"source":["b"]}')).toBe(false);
    await expect(result('{}')).rejects.toMatchObject({ name: 'InvalidEventPatternException' });
    const incomplete = new TestEventPatternCommand({ EventPattern: '{"source":["a"]}', Event: '{"source":"a"}' });
    await expect(suite.client.send(incomplete)).rejects.toThrow('detail-type');
  });
});
