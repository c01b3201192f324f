import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { windowPolicyFromEnv } from './window-policy-from-env.ts';

const VARIABLES = {
  windowGraceSeconds: 'WINDOW_GRACE_SECONDS',
  silenceMinutes: 'SILENCE_MINUTES',
  windowMaxAgeHours: 'WINDOW_MAX_AGE_HOURS',
} as const;
const bounds = readFileSync(join(import.meta.dirname, '../../bounds.yml'), 'utf8');
const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
});

const read = (variable: string, value: number) => () => {
  Object.assign(process.env, { WINDOW_GRACE_SECONDS: '10', SILENCE_MINUTES: '30', WINDOW_MAX_AGE_HOURS: '24' });
  process.env[variable] = String(value);
  return windowPolicyFromEnv();
};

test.each(Object.entries(VARIABLES))('what a deploy lets through as %s is what functions take', (name, variable) => {
  const [, from = Number.NaN, to = Number.NaN] = new RegExp(`^${name}: .* from: (\\d+), to: (\\d+)`, 'm')
    .exec(bounds)!
    .map(Number);

  expect(read(variable, from)).not.toThrow();
  expect(read(variable, to)).not.toThrow();
  expect(read(variable, from - 1)).toThrow();
  expect(read(variable, to + 1)).toThrow();
});
