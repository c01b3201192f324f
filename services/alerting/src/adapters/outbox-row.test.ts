import { marshall } from '@aws-sdk/util-dynamodb';
import { expect, test } from '@jest/globals';
import { rowOf } from './outbox-row.ts';

const key = { pk: 'ALERT#a', sk: 'ALERT' };

test('a row is what it says, with what stood there before', () => {
  const image = (revision: number) => marshall({ ...key, kind: 'alert', alert: { alertId: 'a', revision } });

  expect(rowOf(image(1), image(0))).toEqual({
    kind: 'alert',
    before: { alertId: 'a', revision: 0 },
    after: { alertId: 'a', revision: 1 },
  });
  expect(rowOf(marshall({ ...key, kind: 'group' }), undefined)).toBeUndefined();
});

test.each(['alert', 'delivery'])(
  'one of kind %s that holds none is told apart from those that set nothing in motion',
  (kind) => {
    expect(() => rowOf(marshall({ ...key, kind }), undefined)).toThrow(
      `A row of kind ${kind} holds none: ALERT#a ALERT`,
    );
  },
);
