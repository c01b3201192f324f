import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createTemporaryWorkspace } from '../../test/temporary-workspace.ts';
import { fingerprintService } from './service-fingerprint.ts';

let workspace: ReturnType<typeof createTemporaryWorkspace>;
beforeEach(() => {
  workspace = createTemporaryWorkspace();
  const library = join(workspace.root, 'packages', 'library');
  mkdirSync(join(library, 'src'), { recursive: true });
  writeFileSync(join(library, 'package.json'), '{ "name": "@x/library" }');
  writeFileSync(join(library, 'src', 'index.ts'), 'export const one = 1;\n');
  writeFileSync(join(workspace.serviceDir, 'package.json'), '{ "dependencies": { "@x/library": "workspace:*" } }');
  writeFileSync(join(workspace.root, 'pnpm-lock.yaml'), 'lockfileVersion: 9\n');
  mkdirSync(join(workspace.root, 'settings'));
  writeFileSync(join(workspace.root, 'settings', 'prod.yml'), 'region: eu-west-1\n');
});
afterEach(() => workspace.remove());

const fingerprint = (settings: { stage?: string; region?: string; params?: Record<string, string> } = {}) =>
  fingerprintService({ serviceDir: workspace.serviceDir, stage: 'dev', region: 'us-east-1', ...settings });

describe('fingerprintService', () => {
  test('is the same for the same sources and settings', () => {
    expect(fingerprint({ params: { a: '1', b: '2' } })).toBe(fingerprint({ params: { b: '2', a: '1' } }));
  });

  test.each([
    ['stage', { stage: 'prod' }],
    ['region', { region: 'eu-west-1' }],
    ['parameter', { params: { door: 'stream' } }],
  ])('changes with the %s', (_name, settings) => {
    expect(fingerprint(settings)).not.toBe(fingerprint());
  });

  test.each([
    ['the configuration', 'services/hello/serverless.yml'],
    ["a function's configuration", 'services/hello/src/function.yml'],
    ['the code', 'services/hello/src/greet.ts'],
    ['the code of a package it depends on', 'packages/library/src/index.ts'],
    ['the lock file', 'pnpm-lock.yaml'],
    ['what a stage keeps', 'settings/prod.yml'],
  ])('changes with %s', (_name, file) => {
    const before = fingerprint();
    appendFileSync(join(workspace.root, file), '\n# changed');
    expect(fingerprint()).not.toBe(before);
  });

  test('changes with a file that the configuration takes from outside the service', () => {
    writeFileSync(join(workspace.root, 'shared.yml'), 'a: 1');
    appendFileSync(join(workspace.serviceDir, 'serverless.yml'), `\n  - \${file(../../shared.yml)}\n`);
    const before = fingerprint();
    writeFileSync(join(workspace.root, 'shared.yml'), 'a: 2');
    expect(fingerprint()).not.toBe(before);
  });

  test.each(['services/hello/src/greet.test.ts', 'services/hello/README.md', 'services/hello/.esbuild/greet.mjs'])(
    'does not change with %s, which no package holds',
    (file) => {
      const before = fingerprint();
      mkdirSync(join(workspace.serviceDir, '.esbuild'), { recursive: true });
      writeFileSync(join(workspace.root, file), 'changed');
      expect(fingerprint()).toBe(before);
    },
  );

  test('names a workspace package that is not there', () => {
    writeFileSync(join(workspace.serviceDir, 'package.json'), '{ "dependencies": { "@x/gone": "workspace:*" } }');
    expect(() => fingerprint()).toThrow(/depends on @x\/gone, which is no package of this workspace/);
  });
});
