import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';

const StageSettings = createRequire(import.meta.url)('../index.cjs');

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lamplighter-settings-'));
  for (const service of ['ingestion', 'alerting']) {
    mkdirSync(join(root, 'services', service), { recursive: true });
    const params = ['door', 'auditDays'].map((name) => `    ${name}: \${self:custom.settings.${service}.${name}, 1}`);
    writeFileSync(join(root, 'services', service, 'serverless.yml'), ['params:', '  default:', ...params].join('\n'));
  }
  mkdirSync(join(root, 'settings'));
  cpSync(import.meta.filename, join(root, 'settings/kept.yml'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** What the plugin says when ingestion is packaged or deployed with these settings. */
function run(settings: unknown, { stage = 'kept', command = 'package' } = {}): () => void {
  const { hooks } = new StageSettings({
    serviceDir: join(root, 'services/ingestion'),
    service: { custom: { settings } },
    processedInput: { commands: [command] },
    getProvider: () => ({ getStage: () => stage }),
  });
  return hooks['before:package:initialize'];
}

test.each([
  ['of this service and the region', { region: 'eu-west-1', ingestion: { door: 'stream' } }],
  ['of another service, which looks at its own', { alerting: { policyFile: 'x.json' } }],
  ['a section without a setting', { ingestion: null }],
  ['none', ''],
])('settings are taken: %s', (_which, settings) => {
  expect(run(settings, { command: 'deploy' })).not.toThrow();
});

test.each([
  [
    'a service that is not there',
    { ingestoin: {} },
    'settings/kept.yml has settings of ingestoin; it may have: region, alerting, ingestion.',
  ],
  [
    'a parameter that is not there',
    { ingestion: { dor: 'stream' } },
    'settings/kept.yml sets ingestion.dor, which is none of: door, auditDays.',
  ],
])('%s is refused with what there is', (_which, settings, problem) => {
  expect(run(settings)).toThrow(problem);
});

test('a stage without settings is not deployed: it would be set back to the defaults', () => {
  expect(run('', { stage: 'prod', command: 'deploy' })).toThrow('Stage prod has no settings/prod.yml');
});

test.each([
  ['packaged', 'prod', 'package'],
  ['removed', 'prod', 'remove'],
  ['tried as dev', 'dev', 'deploy'],
])('one that is %s needs none', (_what, stage, command) => {
  expect(run('', { stage, command })).not.toThrow();
});
