import { expect, test } from '@jest/globals';
import { inputPath } from './input-path.ts';

test('a file is looked for where the user is, and - is what is piped in', () => {
  expect(inputPath('/home/ann', 'logs/export.json')).toBe('/home/ann/logs/export.json');
  expect(inputPath('/home/ann', '-')).toBe('/dev/stdin');
});
