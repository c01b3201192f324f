import { basename } from 'node:path';

/**
 * Why a package may not be packed by whoever packs it, or undefined. `exports` names sources, which Node does not run below `node_modules`;
 * pnpm alone puts `publishConfig.exports` in its place, npm and Yarn would pack a plugin that does not load.
 *
 * @param userAgent `npm_config_user_agent`, which npm below a script of pnpm inherits from it
 * @param program `npm_execpath`, which each sets to its own
 */
export function refusedPacker(userAgent: string | undefined, program: string | undefined): string | undefined {
  const isPnpm = program === undefined || basename(program).startsWith('pnpm');
  if (isPnpm && userAgent?.startsWith('pnpm/')) return undefined;
  const packer = isPnpm ? userAgent?.split('/')[0] : basename(program).split(/[-.]/)[0];
  return `${packer ?? 'This command'} would pack a plugin that does not load: it leaves publishConfig.exports out. Use pnpm pack, or pnpm publish.`;
}
