import { describe, expect, test } from '@jest/globals';
import { compileFilterPattern } from './filter-pattern.ts';

const FAILED = '[ERROR 419] MISSING ARGUMENTS';
const JSON_EVENT = JSON.stringify({
  eventType: 'UpdateTrail',
  sourceIPAddress: '111.111.111.111',
  arrayKey: ['value', 'another value'],
  objectList: [
    { name: 'a', id: 1 },
    { name: 'b', id: 2 },
  ],
  SomeObject: null,
  latency: 12.5,
  isHot: true,
  isCold: false,
  'cluster.name': 'c',
});
const ACCESS = '127.0.0.1 Prod frank [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534';

describe('compileFilterPattern', () => {
  test.each([
    ['', FAILED, true],
    ['ERROR', FAILED, true],
    ['error', FAILED, false],
    ['ERROR ARGUMENTS', FAILED, true],
    ['ERROR WARN', FAILED, false],
    ['"INTERNAL SERVER ERROR"', '[ERROR 500] INTERNAL SERVER ERROR', true],
    ['"MISSING  ARGUMENTS"', FAILED, false],
    ['?ERROR ?WARN', FAILED, true],
    ['?DEBUG ?WARN', FAILED, false],
    ['?DEBUG ERROR', FAILED, true],
    ['ERROR -ARGUMENTS', FAILED, false],
    ['ERROR -"BAD REQUEST"', FAILED, true],
    ['%AUTHORIZED%', '[ERROR 401] UNAUTHORIZED REQUEST', true],
    ['%\\[ERROR 4[0-9]{2}%', FAILED, true],
    ['{ $.eventType = "UpdateTrail" }', JSON_EVENT, true],
    ['{ $.eventType = UpdateTrail }', JSON_EVENT, true],
    ['{ $.eventType = "Update*" }', JSON_EVENT, true],
    ['{ $.eventType = %Trail$% }', JSON_EVENT, true],
    ['{ $.sourceIPAddress != 123.123.* }', JSON_EVENT, true],
    ['{ $.sourceIPAddress != 111.111.* }', JSON_EVENT, false],
    ['{ $.arrayKey[0] = "value" }', JSON_EVENT, true],
    ['{ $.arrayKey[2] = "value" }', JSON_EVENT, false],
    ['{ $.arrayKey[*] = "another value" }', JSON_EVENT, true],
    ['{ $.objectList[1].id = 2 }', JSON_EVENT, true],
    ['{ $.[\'cluster.name\'] = "c" }', JSON_EVENT, true],
    ['{ $.SomeObject IS NULL }', JSON_EVENT, true],
    ['{ $.SomeOtherObject NOT EXISTS }', JSON_EVENT, true],
    ['{ $.SomeObject NOT EXISTS }', JSON_EVENT, false],
    ['{ $.missing != "x" }', JSON_EVENT, false],
    ['{ $.isHot IS TRUE }', JSON_EVENT, true],
    ['{ $.isCold IS FALSE && $.isHot IS FALSE }', JSON_EVENT, false],
    ['{ $.latency > 12 && $.latency <= 1.25e1 }', JSON_EVENT, true],
    ['{ ($.latency > 100) || (($.eventType = "UpdateTrail") && ($.isHot IS TRUE)) }', JSON_EVENT, true],
    ['{ $.eventType = "UpdateTrail" }', 'not JSON', false],
    ['{ $.eventType = "UpdateTrail" }', '{"eventType": "Upd', false],
    ['[ip, env, user, timestamp, request, status_code = 4*, bytes > 1000]', ACCESS, true],
    ['[ip, env, user, timestamp, request, status_code = 4*, bytes > 2000]', ACCESS, false],
    ['[..., status_code != 404, bytes]', ACCESS, false],
    ['[ip=%127\\.0\\.0\\.[1-9]%, env, user, timestamp, request =*.html*, status_code = 4*, bytes]', ACCESS, true],
    ['[ip, ..., status_code = 404 || status_code = 410, bytes]', ACCESS, true],
    ['[ip, env]', ACCESS, false],
    ['[w1 != ERROR && w1 != WARN, w2]', 'INFO started', true],
    ['[w1 != ERROR && w1 != WARN, w2]', 'WARN started', false],
  ])('%s on %.40s is %s', (pattern, message, expected) => {
    expect(compileFilterPattern(pattern).matches(message)).toBe(expected);
  });

  test.each([
    ['a:b', 'term'],
    ['%a(b)%', 'unsupported character'],
    ['{ $.a = }', 'too early'],
    ['{ $.a > x }', 'needs a number'],
    ['{ a = 1 }', 'not a selector'],
    ['{ ($.a = 1 }', 'not closed'],
    ['{ $.a = 1 $.b }', 'unexpected'],
    ['[a, ..., b, ...]', 'may stand once'],
    ['[a', 'ends with ]'],
    ['x'.repeat(1025), '1024'],
  ])('refuses %.40s', (pattern, reason) => {
    expect(() => compileFilterPattern(pattern)).toThrow(reason);
  });

  test('reads the value that a metric filter counts', () => {
    expect(compileFilterPattern('{ $.latency > 1 }').extract(JSON_EVENT, '$.latency')).toBe(12.5);
    expect(compileFilterPattern('[..., status, bytes]').extract(ACCESS, '$bytes')).toBe('1534');
  });
});
