/**
 * `pnpm test:coverage [--quick] [FOLDER...]`: lines that the tests execute, by package and overall, from one run of jest; with folders such as
 * packages/pricing their tests and sources alone. Fails where a test fails, a pure package is below 90 %, or the whole is below 80 %.
 * What the sandbox runs in workers, packaged handlers and its own engines, is not seen by jest and counts as not executed; `--quick` leaves
 * out the tests that do little else.
 */
import { parseArgs } from 'node:util';
import { PURE_PACKAGES } from './imports/import-rules.ts';
import { judgeLines, renderLines } from './test-coverage/judge-lines.ts';
import { linesByPackage } from './test-coverage/lines-by-package.ts';
import { runWithCoverage } from './test-coverage/run-with-coverage.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false } },
});
const folders = positionals.map((folder) => folder.replace(/\/+$/, ''));
const { exitCode, files } = await runWithCoverage({ folders, isQuick: values.quick });
const rows = judgeLines(linesByPackage(files), PURE_PACKAGES, folders.length === 0);
for (const line of renderLines(rows)) console.log(line);
if (exitCode !== 0 || rows.some(({ isBelowFloor }) => isBelowFloor)) process.exitCode = 1;
