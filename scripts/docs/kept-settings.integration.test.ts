import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { offlineEnvironment } from '../../packages/sandbox/src/packaging/index.ts';
import { listServiceFolders, REPOSITORY } from '../workspace-services.ts';
import { readDocuments } from './markdown/documents.ts';
import { fencedCommands, type WrittenCommand } from './markdown/written-commands.ts';

const NOT_COPIED = new Set(['node_modules', 'test', '.serverless', '.esbuild']);
const commands = new Map(readDocuments().map((document) => [document.path, fencedCommands(document)]));
const isDeploy = ({ words }: WrittenCommand): boolean => /\b(sls|oslsc) deploy --/.test(words.join(' '));

/** A clone: what this test sets is no business of the one that it runs in. */
let clone: string;
beforeAll(() => {
  clone = mkdtempSync(join(tmpdir(), 'lamplighter-clone-'));
  symlinkSync(join(REPOSITORY, 'node_modules'), join(clone, 'node_modules'));
  for (const name of ['serverless-compose.yml', 'settings'])
    cpSync(join(REPOSITORY, name), join(clone, name), { recursive: true });
  for (const folder of listServiceFolders()) copyService(folder);
  for (const { words } of commands.get('docs/getting-started.md') ?? []) {
    if (words[0] === 'cp') cpSync(join(clone, words[1] ?? ''), join(clone, words[2] ?? ''));
  }
});
afterAll(() => rmSync(clone, { recursive: true, force: true }));

function copyService(folder: string): void {
  const copy = join(clone, 'services', basename(folder));
  cpSync(folder, copy, { recursive: true, filter: (path) => !NOT_COPIED.has(basename(path)) });
  symlinkSync(join(folder, 'node_modules'), join(copy, 'node_modules'));
}

interface Configuration {
  readonly provider: { readonly region: string; readonly environment: Readonly<Record<string, unknown>> };
  readonly functions: readonly object[] | object;
  readonly resources: {
    readonly Resources: Readonly<Record<string, { readonly Properties: { readonly Value?: string } }>>;
  };
}

/** What Compose has the framework make of a service when it is run with these options. */
function configurationOf(service: string, options: readonly string[]): Configuration {
  const { stdout, stderr } = spawnSync(join(REPOSITORY, 'node_modules/.bin/oslsc'), [`${service}:print`, ...options], {
    cwd: clone,
    encoding: 'utf8',
    env: { ...offlineEnvironment(), PATH: `${join(REPOSITORY, 'node_modules/.bin')}:${process.env.PATH}` },
  });
  const at = stdout.search(/^service: /m);
  if (at < 0) throw new Error(`${stdout}${stderr}`);
  return parse(stdout.slice(at), { logLevel: 'silent' });
}

const storedIn = ({ resources }: Configuration, name: string): unknown =>
  JSON.parse(resources.Resources[name]?.Properties.Value ?? 'null');

const upgrade = (commands.get('docs/upgrading.md') ?? []).find(({ words }) => words.join(' ').includes('oslsc deploy'));
/** `--stage prod`: all that the documented upgrade tells. */
const options = upgrade?.words.slice(upgrade.words.indexOf('deploy') + 1) ?? [];
const settings = () => join(clone, 'settings/prod.yml');

test('no documented deploy gives by --param what the next one would forget', () => {
  const deploys = [...commands.values()].flat().filter(isDeploy);
  expect(deploys.length).toBeGreaterThan(10);
  expect(deploys.filter(({ words }) => words.includes('--param'))).toEqual([]);
  expect(options).toEqual(['--stage', 'prod']);
});

describe('the documented upgrade leaves a stage as its settings say', () => {
  test('the policy and the guardrails that the guide has copied, and then been changed', () => {
    const own = { people: { dora: { zone: 'Europe/Berlin', email: 'dora@hotel.test' } } };
    writeFileSync(join(clone, 'settings/prod.policy.json'), JSON.stringify(own));
    const guardrails = JSON.parse(readFileSync(join(clone, 'settings/prod.guardrails.json'), 'utf8'));
    writeFileSync(join(clone, 'settings/prod.guardrails.json'), JSON.stringify({ ...guardrails, approvers: ['dora'] }));

    expect(storedIn(configurationOf('alerting', options), 'Policy')).toEqual(own);
    expect(storedIn(configurationOf('remediation', options), 'Guardrails')).toEqual({
      ...guardrails,
      approvers: ['dora'],
    });
  });

  test('region, sign-in, door and what is watched', () => {
    const said = parse(readFileSync(settings(), 'utf8'));
    const chosen = {
      ...said,
      region: 'eu-west-1',
      console: { signIn: 'oidc', oidcIssuer: 'https://login.hotel.test', oidcClientId: 'lamplighter' },
      ingestion: { door: 'stream', watchedLogGroupPrefix: '/aws/lambda/shop-' },
    };
    writeFileSync(settings(), stringify(chosen));

    const signIn = configurationOf('console', options);
    const ingestion = configurationOf('ingestion', options);
    expect(signIn.provider).toMatchObject({
      region: 'eu-west-1',
      environment: { SIGN_IN: 'oidc' },
      httpApi: { authorizers: { provider: { issuerUrl: 'https://login.hotel.test' } } },
    });
    expect(Object.keys(ingestion.resources.Resources)).toContain('TelemetryStream');
    expect(JSON.stringify(ingestion)).toContain('"WATCHED_LOG_GROUP_PREFIX":"/aws/lambda/shop-"');
    expect(ingestion.provider.region).toBe('eu-west-1');
  });
});

describe('what would be forgotten is not deployed', () => {
  /** What the framework says of a deploy; it ends before it asks AWS. */
  function refusal(service: string, stage: string): string {
    const { stdout, stderr, status } = spawnSync(
      join(REPOSITORY, 'node_modules/.bin/sls'),
      ['deploy', '--stage', stage],
      {
        cwd: join(clone, 'services', service),
        encoding: 'utf8',
        env: offlineEnvironment(),
      },
    );
    expect(status).toBe(1);
    return `${stdout}${stderr}`;
  }

  test('a stage without settings', () => {
    expect(refusal('backbone', 'staging')).toContain('Stage staging has no settings/staging.yml');
  });

  test('a setting that no service reads', () => {
    writeFileSync(join(clone, 'settings/typed.yml'), 'ingestion:\n  auditDay: 7\n');
    expect(refusal('ingestion', 'typed')).toContain(
      'settings/typed.yml sets ingestion.auditDay, which is none of: door,',
    );
  });

  test('a policy that tells people who do not exist', () => {
    writeFileSync(join(clone, 'settings/empty.yml'), '# All as it comes.\n');
    expect(refusal('alerting', 'empty')).toContain('Stage empty would tell anna@example.com');
  });
});

test('every service reads every parameter from the settings', () => {
  for (const folder of listServiceFolders()) {
    const service = parse(readFileSync(join(folder, 'serverless.yml'), 'utf8'), { logLevel: 'silent' });
    const own = Object.entries(service.params.default).filter(
      ([name, value]) => !String(value).startsWith(`\${self:custom.settings.${basename(folder)}.${name}, `),
    );
    expect([folder, own]).toEqual([folder, []]);
  }
});
