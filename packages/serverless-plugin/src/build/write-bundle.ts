/** Before `pnpm pack`: writes dist/index.cjs; refuses to be packed by anything else. */
import { join } from 'node:path';
import { bundlePlugin } from './bundle-plugin.ts';
import { refusedPacker } from './refuse-npm.ts';

const refused = refusedPacker(process.env.npm_config_user_agent, process.env.npm_execpath);
if (refused === undefined) await bundlePlugin(join(import.meta.dirname, '../../dist/index.cjs'));
else {
  console.error(refused);
  process.exitCode = 1;
}
