/** `pnpm cost-table`: what Lamplighter costs a month by volume and door, for docs/getting-started.md. */
import { costTable } from './cost/cost-table.ts';
import { packagedStacks } from './packaged-stacks.ts';

console.log(costTable(await packagedStacks()));
