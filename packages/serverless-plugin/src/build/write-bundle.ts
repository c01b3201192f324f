/** Before `pnpm pack`: writes dist/index.cjs. */
import { join } from 'node:path';
import { bundlePlugin } from './bundle-plugin.ts';

await bundlePlugin(join(import.meta.dirname, '../../dist/index.cjs'));
