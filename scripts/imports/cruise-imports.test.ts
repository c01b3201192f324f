import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { cruiseImports } from './cruise-imports.ts';

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'lamplighter-imports-')));
  write('package.json', '{ "name": "house", "type": "module" }');
  write('node_modules/@aws-sdk/client-s3/package.json', '{ "name": "@aws-sdk/client-s3", "main": "index.js" }');
  write('node_modules/@aws-sdk/client-s3/index.js', '');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(file: string, text = 'export const value = 1;\n'): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

/** Writes `from` so that it imports `to`, and `to` where it is a file. */
function writeImport(from: string, to: string): void {
  if (to.includes('/src/')) write(to);
  const relativePath = relative(dirname(from), to);
  const specifier = to.includes('/src/') ? (relativePath.startsWith('.') ? relativePath : `./${relativePath}`) : to;
  write(from, `import * as it from '${specifier}';\nexport const used = it;\n`);
}

describe('cruiseImports', () => {
  test.each([
    ['nothing-imports-a-service', 'packages/cli/src/a.ts', 'services/ingestion/src/b.ts'],
    ['services-do-not-import-each-other', 'services/analysis/src/a.ts', 'services/ingestion/src/b.ts'],
    ['pure-packages-import-contracts-only', 'packages/pricing/src/a.ts', 'packages/lambda-kit/src/b.ts'],
    ['pure-packages-do-no-io', 'packages/lambda-logs/src/a.ts', 'node:fs'],
    ['pure-packages-do-no-io', 'packages/time-series/src/a.ts', 'node:os'],
    ['the-handler-kit-imports-contracts-only', 'packages/lambda-kit/src/a.ts', 'packages/pricing/src/b.ts'],
    [
      'the-plugin-imports-coverage-and-contracts-only',
      'packages/serverless-plugin/src/a.ts',
      'packages/pricing/src/b.ts',
    ],
    ['aws-sdk-in-adapters-only', 'services/ingestion/src/domain/a.ts', '@aws-sdk/client-s3'],
    ['domain-is-pure', 'services/ingestion/src/domain/a.ts', 'services/ingestion/src/adapters/b.ts'],
    ['no-sandbox-in-production', 'services/ingestion/src/a.ts', 'packages/sandbox/src/b.ts'],
    ['no-unresolved-imports', 'packages/cli/src/a.ts', 'no-such-library'],
  ])('%s: %s may not import %s', async (rule, from, to) => {
    writeImport(from, to);
    const { violations } = await cruiseImports(root);
    expect(violations.map((violation) => violation.split(' -> ')[0])).toEqual([`${rule}: ${from}`]);
  });

  test('no-cycles: two files may not run each other, their types may meet', async () => {
    write('packages/cli/src/a.ts', "import { b } from './b.ts';\nexport const a = b;\n");
    write('packages/cli/src/b.ts', "import { a } from './a.ts';\nexport const b = a;\n");
    write('packages/cli/src/c.ts', "import type { D } from './d.ts';\nexport interface C { d: D }\n");
    write('packages/cli/src/d.ts', "import type { C } from './c.ts';\nexport interface D { c: C }\n");
    const { violations } = await cruiseImports(root);
    expect(violations).toEqual(['no-cycles: packages/cli/src/a.ts -> packages/cli/src/b.ts']);
  });

  test.each([
    ['services/ingestion/src/adapters/a.ts', '@aws-sdk/client-s3'],
    ['services/ingestion/src/functions/ingest/handler.ts', '@aws-sdk/client-s3'],
    ['packages/pricing/src/a.ts', 'packages/contracts/src/b.ts'],
    ['packages/serverless-plugin/src/a.ts', 'packages/coverage/src/b.ts'],
    ['packages/pricing/src/a.test.ts', 'node:fs'],
    ['services/ingestion/src/a.integration.test.ts', 'packages/sandbox/src/b.ts'],
  ])('%s may import %s', async (from, to) => {
    writeImport(from, to);
    const report = await cruiseImports(root);
    expect(report).toMatchObject({ violations: [], missed: [] });
    expect(report.modules).toBeGreaterThanOrEqual(2);
  });
});
