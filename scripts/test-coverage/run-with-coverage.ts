import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import * as z from 'zod';
import { REPOSITORY } from '../workspace-services.ts';
import type { FileLines } from './lines-by-package.ts';

const REPORTS = join(REPOSITORY, '.lamplighter', 'test-coverage');
const JEST = join(REPOSITORY, 'node_modules', 'jest', 'bin', 'jest.js');
const TESTS = ['!**/*.test.ts', '!**/*.bench.ts'];

const Summary = z.record(z.string(), z.object({ lines: z.object({ total: z.int().min(0), covered: z.int().min(0) }) }));

/** What one run of jest executed. */
export interface CoverageRun {
  readonly exitCode: number | null;
  readonly files: readonly FileLines[];
}

/**
 * Runs the tests below these folders, all of them where there are none, and counts the lines of the sources there that they execute; what no
 * test loads counts as not executed. Jest's own output goes to this process's standard error.
 */
export async function runWithCoverage(folders: readonly string[]): Promise<CoverageRun> {
  const exitCode = await jest([
    '--coverage',
    '--coverageReporters=json-summary',
    // Which lines: index.html below lcov-report.
    '--coverageReporters=lcov',
    `--coverageDirectory=${REPORTS}`,
    ...[...sourcesOf(folders), ...TESTS].map((glob) => `--collectCoverageFrom=${glob}`),
    ...folders,
  ]);
  const { total: _total, ...files } = Summary.parse(
    JSON.parse(await readFile(join(REPORTS, 'coverage-summary.json'), 'utf8')),
  );
  return {
    exitCode,
    files: Object.entries(files).map(([path, { lines }]) => ({
      path: relative(REPOSITORY, path).replaceAll('\\', '/'),
      ...lines,
    })),
  };
}

const sourcesOf = (folders: readonly string[]): readonly string[] =>
  (folders.length === 0 ? ['packages/*', 'services/*'] : folders).map((folder) => `${folder}/src/**/*.ts`);

function jest(args: readonly string[]): Promise<number | null> {
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const child = spawn(process.execPath, [...flags, JEST, ...args], {
    cwd: REPOSITORY,
    stdio: ['ignore', process.stderr, process.stderr],
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
}
