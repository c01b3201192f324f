import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

interface Run {
  readonly stage?: string;
  readonly command?: string;
  readonly bounds?: Readonly<Record<string, unknown>>;
}

/** What the plugin says when ingestion is packaged or deployed with these settings. */
function run(settings: unknown, { stage = 'kept', command = 'package', bounds }: Run = {}): () => void {
  const { hooks } = new StageSettings({
    serviceDir: join(root, 'services/ingestion'),
    service: { custom: { settings, bounds } },
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

const refused = (bounds: Readonly<Record<string, unknown>>): string => {
  try {
    run('', { bounds })();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

test('each value out of its bounds is told in a line of its own, with the way out', () => {
  const bounds = {
    windowGraceSeconds: { is: 0, from: 1, to: 600 },
    auditDays: { is: 90, from: 1 },
    watchedRetentionDays: { is: '45', oneOf: [30, 60] },
  };

  expect(refused(bounds).split('\n')).toEqual([
    'ingestion.windowGraceSeconds is 0; it has to be a whole number from 1 to 600. Set it in settings/kept.yml or by --param.',
    'ingestion.watchedRetentionDays is "45"; it has to be one of 30, 60. Set it in settings/kept.yml or by --param.',
  ]);
});

const ARCHIVE = { archiveGlacierDays: { is: '30', from: 0 } };
/** Two prices, of which one alone says nothing. */
const priced = (input: unknown, output: unknown) => ({
  adviserInputUsd: { is: input, from: 0, orNothing: true, together: 'adviserOutputUsd' },
  adviserOutputUsd: { is: output, from: 0, orNothing: true, together: 'adviserInputUsd' },
});
const UNITS = { auroraMinUnits: { is: 2, from: 0, step: 0.5 } };
test.each([
  [
    { ...ARCHIVE, archiveDays: { is: 30, from: 1, above: 'archiveGlacierDays' } },
    'and more than archiveGlacierDays (30)',
  ],
  [
    { ...UNITS, auroraMaxUnits: { is: 1, step: 0.5, atLeast: 'auroraMinUnits' } },
    'and no less than auroraMinUnits (2)',
  ],
  [{ auroraMaxUnits: { is: 1.25, from: 1, to: 256, step: 0.5 } }, 'a multiple of 0.5 from 1 to 256'],
  [{ auditDays: { is: '', from: 1 } }, 'a whole number of at least 1'],
  [{ auditDays: { is: 'ninety', from: 1 } }, 'a whole number'],
  [{ auditDays: { is: '1.5', from: 1 } }, 'a whole number'],
  [{ monthlyBudgetUsd: { is: -1, from: 0.01, step: 0.01, orNothing: true } }, 'or empty'],
  [priced('3', ''), 'adviserOutputUsd is ""; it has to be a whole number of at least 0, since adviserInputUsd is set'],
  [priced('', 15), 'adviserInputUsd is ""; it has to be a whole number of at least 0, since adviserOutputUsd is set'],
])('%j is refused', (bounds, wanted) => {
  expect(refused(bounds)).toContain(wanted);
});

test.each([
  [{ ...ARCHIVE, archiveDays: { is: '31', from: 1, above: 'archiveGlacierDays' } }],
  [{ ...UNITS, auroraMaxUnits: { is: '2', step: 0.5, atLeast: 'auroraMinUnits' } }],
  [{ door: { is: 'stream', oneOf: ['direct', 'stream'] } }],
  [{ watchedRetentionDays: { is: '30', oneOf: [30, 60] } }],
  [{ monthlyBudgetUsd: { is: 0.29, from: 0.01, step: 0.01, orNothing: true } }],
  [{ monthlyBudgetUsd: { is: '', from: 0.01, orNothing: true } }],
  [priced('', '')],
  [priced('0', 15)],
])('%j is taken', (bounds) => {
  expect(refused(bounds)).toBe('');
});

test('every number that a service takes as a setting has bounds', () => {
  const services = join(import.meta.dirname, '../../../services');
  const unbounded = readdirSync(services).flatMap((service) => {
    const numbers = readFileSync(join(services, service, 'serverless.yml'), 'utf8').matchAll(
      /^ {4}(\w+): \$\{self:custom\.settings\.\w+\.\w+, '?[\d.]+'?\}$/gm,
    );
    const file = join(services, service, 'bounds.yml');
    const bounds = existsSync(file) ? readFileSync(file, 'utf8') : '';
    return [...numbers].map(([, name]) => name).filter((name) => !new RegExp(`^${name}:`, 'm').test(bounds));
  });

  expect(unbounded).toEqual([]);
});
