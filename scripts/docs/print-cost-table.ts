/** `pnpm cost-table [--write]`: what Lamplighter costs a month by volume and door; with `--write` into docs/getting-started.md. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { REPOSITORY } from '../workspace-services.ts';
import { costTable } from './cost/cost-table.ts';
import { packagedStacks } from './packaged-stacks.ts';

const PAGE = join(REPOSITORY, 'docs', 'getting-started.md');
const PLACE = /(?<=<!-- cost-table -->\n)[\s\S]*?(?=<!-- \/cost-table -->)/;

const table = costTable(await packagedStacks());
if (process.argv.includes('--write'))
  await writeFile(
    PAGE,
    (await readFile(PAGE, 'utf8')).replace(PLACE, () => `${table}\n`),
  );
console.log(table);
