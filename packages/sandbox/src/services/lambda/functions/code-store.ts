import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { shareCompiledCode } from '../environments/compiled-code.ts';
import { codeSha256, extractPackage } from '../environments/extract-package.ts';
import { writeRuntime } from '../environments/runtime-files.ts';
import type { CodePackage } from './function-configuration.ts';

/** Deployment packages unpacked in a directory of this sandbox's own, once per content, beside the workers' runtime. */
export class CodeStore {
  readonly #packages = new Map<string, Promise<CodePackage>>();
  #root: Promise<string> | undefined;
  #entry: Promise<string> | undefined;

  add(zip: Buffer): Promise<CodePackage> {
    const sha256 = codeSha256(zip);
    const known = this.#packages.get(sha256);
    if (known) return known;
    const added = this.#unpack(zip, sha256);
    this.#packages.set(sha256, added);
    added.catch(() => this.#packages.delete(sha256));
    return added;
  }

  /** The script that each worker starts with. */
  runtimeEntry(): Promise<string> {
    this.#entry ??= this.#directory().then(prepareRuntime);
    return this.#entry;
  }

  async remove(): Promise<void> {
    if (this.#root) await rm(await this.#root, { recursive: true, force: true });
  }

  async #unpack(zip: Buffer, sha256: string): Promise<CodePackage> {
    const directory = path.join(await this.#directory(), Buffer.from(sha256, 'base64').toString('hex').slice(0, 16));
    await extractPackage(zip, directory);
    return { sha256, sizeBytes: zip.byteLength, directory };
  }

  #directory(): Promise<string> {
    this.#root ??= prepare();
    return this.#root;
  }
}

async function prepare(): Promise<string> {
  const root = await mkdtemp(path.join(tmpdir(), 'lamplighter-lambda-'));
  await mkdir(root, { recursive: true });
  // A CommonJS bundle dies at import below a package.json with "type": "module": the nearest one must say nothing.
  await writeFile(path.join(root, 'package.json'), '{}');
  return root;
}

async function prepareRuntime(root: string): Promise<string> {
  const directory = path.join(root, 'runtime');
  const entry = await writeRuntime(directory);
  await shareCompiledCode(directory);
  return entry;
}
