import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type RegionNames, regionOf } from './region-of.ts';

const all = { option: 'o', env: { AWS_REGION: 'e', AWS_DEFAULT_REGION: 'd' }, running: 'r' };
const inProfile = async () => 'p';

test.each<[string, RegionNames, string]>([
  ['what was typed', all, 'o'],
  ['AWS_REGION', { ...all, option: undefined }, 'e'],
  ['the running sandbox', { running: 'r', env: { AWS_DEFAULT_REGION: 'd' } }, 'r'],
  ['AWS_DEFAULT_REGION', { env: { AWS_REGION: '', AWS_DEFAULT_REGION: 'd' } }, 'd'],
  ['the profile', { env: {} }, 'p'],
])('%s names the region', async (_who, names, region) => {
  expect(await regionOf(names, inProfile)).toBe(region);
});

test('without any it is us-east-1', async () => {
  expect(await regionOf({ env: {} }, async () => undefined)).toBe('us-east-1');
});

test("the profile's region is read from the file of the AWS CLI", async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lamplighter-profile-'));
  const before = { ...process.env };
  try {
    writeFileSync(join(folder, 'config'), '[profile night]\nregion = eu-north-1\n');
    Object.assign(process.env, { AWS_CONFIG_FILE: join(folder, 'config'), AWS_PROFILE: 'night' });
    delete process.env.AWS_REGION;
    expect(await regionOf({ env: {} })).toBe('eu-north-1');
  } finally {
    process.env = before;
    rmSync(folder, { recursive: true });
  }
});
