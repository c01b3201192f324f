/** `pnpm check`: format and lint, types, import directions, docstrings, documents, dead code. One line each; what fails is shown in full. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { REPOSITORY } from './workspace-services.ts';

interface Check {
  readonly name: string;
  readonly command: readonly string[];
  /** The line of the output that says most. */
  readonly summary: RegExp;
}

const CHECKS: readonly Check[] = [
  { name: 'lint', command: ['biome', 'check', '.'], summary: /^Checked .*|^Found \d+ (warning|error).*/gm },
  { name: 'types', command: ['tsc', '-p', 'tsconfig.json'], summary: /^$/g },
  { name: 'page', command: ['tsc', '-p', 'services/console/web/tsconfig.json'], summary: /^$/g },
  { name: 'imports', command: ['node', 'scripts/check-imports.ts'], summary: /^\d+ modules.*/gm },
  { name: 'docs', command: ['node', 'scripts/check-docstrings.ts'], summary: /^\d+ public functions.*/gm },
  // Whoever changes a sentence runs no test, and may yet have written a command that does not exist.
  {
    name: 'documents',
    command: [
      'node',
      '--experimental-vm-modules',
      'node_modules/jest/bin/jest.js',
      '--color=false',
      'scripts/docs/(commands|links|house-tables)',
    ],
    summary: /^Tests: .*/gm,
  },
  { name: 'dead code', command: ['knip', '--no-progress', '--no-config-hints'], summary: /^$/g },
];

let failed = 0;
for (const check of CHECKS) {
  const started = performance.now();
  const { exitCode, output } = await run(check.command);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const said = [...output.matchAll(check.summary)].map(([line]) => line).filter((line) => line !== '');
  console.log(
    `${exitCode === 0 ? 'passed' : 'FAILED'}  ${check.name.padEnd(9)}  ${seconds} s  ${said.join(' ')}`.trimEnd(),
  );
  if (exitCode !== 0) {
    failed++;
    console.log(output);
  }
}
if (failed > 0) process.exitCode = 1;

function run([program = '', ...args]: readonly string[]): Promise<{
  readonly exitCode: number | null;
  readonly output: string;
}> {
  const child = spawn(join(REPOSITORY, 'node_modules', '.bin', program), args, { cwd: REPOSITORY });
  let output = '';
  const collect = (bytes: Buffer): void => {
    output += bytes.toString('utf8');
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (exitCode) => resolve({ exitCode, output }));
  });
}
