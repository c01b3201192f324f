import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import * as z from 'zod';
import { REPOSITORY } from '../workspace-services.ts';
import type { FileLines } from './lines-by-package.ts';

const REPORTS = join(REPOSITORY, '.lamplighter', 'test-coverage');
const JEST = join(REPOSITORY, 'node_modules', 'jest', 'bin', 'jest.js');
/** Those that run what was packaged, in the sandbox's workers, where jest sees nothing: they take the most time and execute few lines here. */
const PACKAGED_TESTS = '<rootDir>/(services|scripts)/.*\\.integration\\.test\\.ts$';
const TESTS = ['!**/*.test.ts'];

const Summary = z.record(z.string(), z.object({ lines: z.object({ total: z.int().min(0), covered: z.int().min(0) }) }));

/** Which tests run, and of which sources the lines count. */
export interface CoverageRequest {
  /** `packages/<name>`, `services/<name>`; all of them where there are none. */
  readonly folders: readonly string[];
  /** Leaves out the tests of services as packaged: the figures are then at least so high. */
  readonly isQuick: boolean;
}

/** What one run of jest executed. */
export interface CoverageRun {
  readonly exitCode: number | null;
  readonly files: readonly FileLines[];
}

/**
 * Runs the tests and counts the lines of the sources that they execute; what no test loads counts as not executed. Jest's own output goes to this process's standard error.
 */
export async function runWithCoverage({ folders, isQuick }: CoverageRequest): Promise<CoverageRun> {
  const exitCode = await jest([
    '--coverage',
    '--coverageReporters=json-summary',
    // Which lines: index.html below lcov-report.
    '--coverageReporters=lcov',
    `--coverageDirectory=${REPORTS}`,
    ...[...sourcesOf(folders), ...TESTS].map((glob) => `--collectCoverageFrom=${glob}`),
    ...(isQuick ? await ignored() : []),
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

/** Of jest's configuration, which is JavaScript, what is needed here. */
interface JestConfiguration {
  readonly default: { readonly testPathIgnorePatterns: readonly string[] };
}

/** The command line replaces what the configuration ignores, and does not add to it. */
async function ignored(): Promise<readonly string[]> {
  const { default: configured } = (await import(join(REPOSITORY, 'jest.config.js'))) as JestConfiguration;
  return [...configured.testPathIgnorePatterns, PACKAGED_TESTS].map((pattern) => `--testPathIgnorePatterns=${pattern}`);
}

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
