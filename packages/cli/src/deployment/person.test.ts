import { expect, test } from '@jest/globals';
import { personOf } from './person.ts';

const nameless = (): string => {
  throw Object.assign(new Error('uv_os_get_passwd returned ENOENT'), { code: 'ERR_SYSTEM_ERROR' });
};

test('a decision is of whom it names, else of the user of this machine', () => {
  expect([personOf('ana', nameless), personOf(undefined, () => 'root')]).toEqual(['ana', 'root']);
});

test.each([[undefined], ['  ']])('where nobody is known (--by %j), --by is asked for', (by) => {
  expect(() => personOf(by, nameless)).toThrow(expect.objectContaining({ code: 'usage', wayOut: 'Add --by PERSON.' }));
});
