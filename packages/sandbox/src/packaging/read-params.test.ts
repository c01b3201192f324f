import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createTemporaryWorkspace } from '../../test/temporary-workspace.ts';
import { withReadParams } from './read-params.ts';

let workspace: ReturnType<typeof createTemporaryWorkspace>;
beforeEach(() => {
  workspace = createTemporaryWorkspace();
});
afterEach(() => workspace.remove());

const configure = (text: string) => appendFileSync(join(workspace.serviceDir, 'serverless.yml'), `\n${text}\n`);
const read = (params?: Record<string, string>) =>
  withReadParams({
    serviceDir: workspace.serviceDir,
    stage: 'dev',
    region: 'us-east-1',
    ...(params === undefined ? {} : { params }),
  }).params;

test('a parameter that the configuration never reads is left out', () => {
  configure('# days: ${param:archiveDays}');

  expect(read({ door: 'stream', archiveDays: '3', archive: '1' })).toEqual({ archiveDays: '3' });
  expect(read()).toBeUndefined();
});

test.each(['${param: door}', "${param:door, 'direct'}", '${file(door-${param:door}.yml)}'])(
  'one that is read as %s stays',
  (variable) => {
    configure(`# ${variable}`);
    expect(read({ door: 'stream' })).toEqual({ door: 'stream' });
  },
);

test('one that is read by a function, or by a file from outside the service, stays', () => {
  appendFileSync(join(workspace.serviceDir, 'src', 'function.yml'), '\n# ${param:own}\n');
  writeFileSync(join(workspace.root, 'shared.yml'), 'a: ${param:shared}');
  configure('# ${file(../../shared.yml)}');

  expect(read({ own: '1', shared: '2', other: '3' })).toEqual({ own: '1', shared: '2' });
});

test('all stay where a name is put together when it is read', () => {
  configure('# ${param:${sls:stage}}');

  expect(read({ door: 'stream' })).toEqual({ door: 'stream' });
});
