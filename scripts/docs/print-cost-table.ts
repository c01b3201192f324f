/** `pnpm cost-table [--write]`: what Lamplighter costs a month by volume and door, and by functions; with `--write` into docs/getting-started.md. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { REPOSITORY } from '../workspace-services.ts';
import { costTable, fleetTable } from './cost/cost-table.ts';
import { packagedStacks } from './packaged-stacks.ts';

const PAGE = join(REPOSITORY, 'docs', 'getting-started.md');
const stacks = await packagedStacks();
const tables = { 'cost-table': costTable(stacks), 'fleet-table': fleetTable(stacks) };
if (process.argv.includes('--write')) await writeFile(PAGE, written(await readFile(PAGE, 'utf8')));
console.log(Object.values(tables).join('\n\n'));

/** The page with each table between its two marks. */
function written(page: string): string {
  return Object.entries(tables).reduce(
    (text, [name, table]) =>
      text.replace(new RegExp(`(?<=<!-- ${name} -->\\n)[\\s\\S]*?(?=<!-- /${name} -->)`), () => `${table}\n`),
    page,
  );
}
