import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readPackagedService } from './packaged-service.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'packaged-'));
});
afterEach(() => rm(directory, { recursive: true }));

async function pack(at: string, provider: object = { stage: 'dev' }): Promise<void> {
  await mkdir(at, { recursive: true });
  await writeFile(path.join(at, 'cloudformation-template-update-stack.json'), '{"Resources":{"A":{"Type":"T"}}}');
  await writeFile(path.join(at, 'serverless-state.json'), JSON.stringify({ service: { service: 'shop', provider } }));
  await writeFile(path.join(at, 'app.zip'), 'zip');
}

test('the service directory and the package directory are both read', async () => {
  await pack(path.join(directory, '.serverless'));
  for (const place of [directory, path.join(directory, '.serverless')]) {
    const { template, stackName, artifact } = await readPackagedService(place);
    expect(template.Resources).toEqual({ A: { Type: 'T' } });
    expect(stackName).toBe('shop-dev');
    expect((await artifact!('app.zip')).toString()).toBe('zip');
  }
});

test('the stack takes the name that the service or the caller gives it', async () => {
  await pack(directory, { stage: 'dev', stackName: 'chosen' });
  expect((await readPackagedService(directory)).stackName).toBe('chosen');
  expect((await readPackagedService(directory, 'other')).stackName).toBe('other');
});

test('a directory without a package says what to do', async () => {
  await expect(readPackagedService(directory)).rejects.toMatchObject({
    code: 'NOT_PACKAGED',
    message: expect.stringContaining('sls package'),
  });
});

test('a broken template is told from an absent one', async () => {
  await pack(directory);
  await writeFile(path.join(directory, 'cloudformation-template-update-stack.json'), '{');
  await expect(readPackagedService(directory)).rejects.toThrow('JSON');
});
