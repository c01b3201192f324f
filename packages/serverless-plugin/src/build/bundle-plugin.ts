import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';

/**
 * Writes the plugin as it is published: one CommonJS file that exports the class, as the frameworks load plugins. The clients of the AWS
 * SDK stay outside: they are loaded by a deploy alone. What is inside keeps its licence: zod's begins the file, as MIT asks.
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
    banner: { js: await licenceOfZod() },
    footer: { js: 'module.exports = module.exports.ServerlessLamplighter;' },
    logLevel: 'warning',
  });
}

async function licenceOfZod(): Promise<string> {
  const folder = dirname(createRequire(import.meta.url).resolve('zod/package.json'));
  return `/*! Parts of zod are in this file.\n\n${(await readFile(join(folder, 'LICENSE'), 'utf8')).trim()}\n*/`;
}

/** Writes the plugin into a `node_modules` folder, as an installation would. */
export async function installPlugin(nodeModules: string): Promise<void> {
  const folder = join(nodeModules, 'serverless-lamplighter');
  await mkdir(folder, { recursive: true });
  await bundlePlugin(join(folder, 'index.cjs'));
  await writeFile(join(folder, 'package.json'), '{ "name": "serverless-lamplighter", "main": "index.cjs" }\n');
}
