import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { Twin } from '../twin/twin.ts';
import { parseScenario } from './parse-scenario.ts';

const FOLDER = join(import.meta.dirname, '../../../../samples/scenarios');

test.each(readdirSync(FOLDER))('%s runs', (file) => {
  const twin = new Twin(parseScenario(readFileSync(join(FOLDER, file), 'utf8')));
  twin.advanceTo(twin.now + 10 * 60_000);
  expect([...twin.parts.functions.values()].some((each) => each.counts().ok > 0)).toBe(true);
});
