import { describe, expect, test } from '@jest/globals';
import { createdLogGroup } from './created-log-group.ts';

const record = {
  eventName: 'CreateLogGroup',
  requestParameters: { logGroupName: '/aws/lambda/booking' },
  responseElements: null,
};

describe('createdLogGroup', () => {
  test.each([
    [
      'an EventBridge envelope',
      { 'detail-type': 'AWS API Call via CloudTrail', detail: record },
      '/aws/lambda/booking',
    ],
    ['a bare CloudTrail record', { ...record, responseElements: 'null' }, '/aws/lambda/booking'],
    ['a call that failed', { detail: { ...record, errorCode: 'ResourceAlreadyExistsException' } }, undefined],
    ['another call', { detail: { ...record, eventName: 'DeleteLogGroup' } }, undefined],
    ['no parameters', { detail: { ...record, requestParameters: null } }, undefined],
    ['nothing', null, undefined],
    ['text', 'CreateLogGroup', undefined],
  ])('%s', (_name, event, expected) => {
    expect(createdLogGroup(event)).toBe(expected);
  });
});
