/**
 * Why a package may not be packed by whoever packs it, or undefined. `exports` names sources, which Node does not run below `node_modules`;
 * pnpm alone puts `publishConfig.exports` in its place, npm and Yarn would pack a plugin that does not load.
 */
export function refusedPacker(userAgent: string | undefined): string | undefined {
  if (userAgent?.startsWith('pnpm/')) return undefined;
  const packer = userAgent?.split('/')[0] ?? 'This command';
  return `${packer} would pack a plugin that does not load: it leaves publishConfig.exports out. Use pnpm pack, or pnpm publish.`;
}
