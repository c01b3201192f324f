import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

/**
 * Writes the plugin as it is published: one CommonJS file that exports the class, as the frameworks load plugins. The clients of the AWS
 * SDK stay outside: they are loaded by a deploy alone.
 */
export async function bundlePlugin(outputFile: string): Promise<void> {
  await build({
    entryPoints: [join(import.meta.dirname, '..', 'index.ts')],
    outfile: outputFile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node18',
    // ES modules, of which esbuild leaves out what is not used.
    mainFields: ['module', 'main'],
    external: ['@aws-sdk/*'],
    footer: { js: 'module.exports = module.exports.ServerlessLamplighter;' },
    logLevel: 'warning',
  });
}

/** Writes the plugin into a `node_modules` folder, as an installation would. */
export async function installPlugin(nodeModules: string): Promise<void> {
  const folder = join(nodeModules, 'serverless-lamplighter');
  await mkdir(folder, { recursive: true });
  await bundlePlugin(join(folder, 'index.cjs'));
  await writeFile(join(folder, 'package.json'), '{ "name": "serverless-lamplighter", "main": "index.cjs" }\n');
}
