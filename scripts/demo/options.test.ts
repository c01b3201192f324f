import { expect, test } from '@jest/globals';
import { parseDemoOptions } from './options.ts';

test('a person reads along, a machine does not wait', () => {
  expect(parseDemoOptions([])).toEqual({ isHeadless: false, speed: 30, isKept: false, port: 0 });
  expect(parseDemoOptions(['--headless'])).toEqual({ isHeadless: true, isKept: false, port: 0 });
  expect(parseDemoOptions(['--keep', '--speed', '600', '--port', '4566'])).toEqual({
    isHeadless: false,
    speed: 600,
    isKept: true,
    port: 4566,
  });
});

test('help is no run', () => {
  expect(parseDemoOptions(['--help'])).toBeUndefined();
  expect(parseDemoOptions(['-h', '--keep'])).toBeUndefined();
});

test.each([
  [['--speed', '0'], '--speed 0 cannot be. Give a whole number from 1 to 100000.'],
  [['--speed', 'fast'], '--speed fast cannot be. Give a whole number from 1 to 100000.'],
  [['--port', '70000'], '--port 70000 cannot be. Give a whole number from 0 to 65535.'],
  [['--fast'], "Unknown option '--fast'. See pnpm demo --help."],
  [['now'], "Unexpected argument 'now'. See pnpm demo --help."],
])('%j is refused with what would be right', (args, said) => {
  const refused = (() => {
    try {
      return parseDemoOptions(args);
    } catch (error) {
      return error;
    }
  })();

  expect(refused).toMatchObject({ code: 'usage' });
  expect(`${(refused as { message: string }).message} ${(refused as { wayOut: string }).wayOut}`).toContain(said);
});
