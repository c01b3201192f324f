import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { findWorkspaceRoot } from './find-workspace-root.ts';
import { describeSettings, type PackageRequest } from './package-request.ts';
import { workspaceDependencies } from './workspace-dependencies.ts';

const IGNORED_FOLDERS = new Set(['node_modules', '.serverless', '.esbuild', 'test', 'fixtures', 'coverage']);
const IGNORED_FILES = /(\.test\.ts|\.md)$/;

/**
 * A hash over everything that `sls package` reads: settings, configuration and sources of the service, of the workspace packages it
 * bundles and of files that its configuration takes from elsewhere, what stages keep in `settings`, and the lock file (tools and libraries).
 */
export function fingerprintService(request: PackageRequest): string {
  const root = findWorkspaceRoot(request.serviceDir);
  const folders = [request.serviceDir, ...workspaceDependencies(root, request.serviceDir)];
  const files = folders.flatMap(listSources);
  const outside = files.filter(isYaml).flatMap((file) => includedFiles(request.serviceDir, file));
  const settings = join(root, 'settings');
  const kept = existsSync(settings) ? listSources(settings) : [];
  const hash = createHash('sha256').update(describeSettings(request));
  for (const file of new Set([...files, ...outside, ...kept, join(root, 'pnpm-lock.yaml')])) {
    if (!existsSync(file)) continue;
    hash.update(`\0${relative(root, file)}\0`).update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 16);
}

/** Files that the framework reads as configuration of a service, and those that they take from elsewhere. */
export function configurationFiles(serviceDir: string): readonly string[] {
  const own = listSources(serviceDir).filter((file) => isYaml(file) || /^serverless\./.test(basename(file)));
  return [...new Set([...own, ...own.flatMap((file) => includedFiles(serviceDir, file))])].filter((file) =>
    existsSync(file),
  );
}

const isYaml = (file: string): boolean => /\.ya?ml$/.test(file);

function listSources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return IGNORED_FOLDERS.has(entry.name) ? [] : listSources(path);
      return entry.isFile() && !IGNORED_FILES.test(entry.name) ? [path] : [];
    });
}

/** Files named by `${file(...)}`; the framework resolves them from the service folder. */
function includedFiles(serviceDir: string, configuration: string): string[] {
  const names = readFileSync(configuration, 'utf8').matchAll(/\$\{file\(([^)$]+)\)/g);
  return [...names].map((match) => resolve(serviceDir, match[1] ?? ''));
}
