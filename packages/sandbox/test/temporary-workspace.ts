import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findWorkspaceRoot } from '../src/packaging/find-workspace-root.ts';

/** A workspace of its own with a fixture service (`hello`, `pets`) in it and this repository's tools, so that a test shares no cache with anybody. */
export function createTemporaryWorkspace(name = 'hello'): {
  readonly root: string;
  readonly serviceDir: string;
  remove(): void;
} {
  const root = mkdtempSync(join(tmpdir(), 'lamplighter-workspace-'));
  const serviceDir = join(root, 'services', name);
  writeFileSync(join(root, 'pnpm-workspace.yaml'), 'packages: []\n');
  writeFileSync(join(root, 'package.json'), '{ "name": "temporary", "private": true }');
  symlinkSync(join(findWorkspaceRoot(import.meta.dirname), 'node_modules'), join(root, 'node_modules'));
  cpSync(join(import.meta.dirname, 'fixtures', `${name}-service`), serviceDir, { recursive: true });
  return { root, serviceDir, remove: () => rmSync(root, { recursive: true, force: true }) };
}
