import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import ts from 'typescript';
import { REPOSITORY } from '../workspace-services.ts';
import { packageEntries } from './package-entries.ts';
import { undocumentedExports } from './undocumented-exports.ts';

const OPTIONS: ts.CompilerOptions = {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  allowImportingTsExtensions: true,
  noEmit: true,
  types: [],
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docstrings-'));
  await writeFile(
    join(folder, 'shapes.ts'),
    `/** A shape. */
export interface Shape { readonly sides: number }
export type Corner = 1 | 2;
/** Says how many. */
export const count = (shape: Shape): number => shape.sides;
export const area = (): number => 0;
/** Draws. */
export class Pen {
  /** Puts it down. */
  down(): void { this.#press(); }
  lift(): void {}
  #press(): void {}
  private turn(): void {}
}
export const notReachable = 1;
`,
  );
  await writeFile(
    join(folder, 'index.ts'),
    `export { area, count, type Corner as Edge, Pen, type Shape } from './shapes.ts';\n`,
  );
});
afterAll(() => rm(folder, { recursive: true }));

test('exports and public methods without a docstring are named, by the file that declares them', () => {
  const { count, undocumented } = undocumentedExports([join(folder, 'index.ts')], OPTIONS);

  expect(undocumented.map(({ name, file, line }) => [name, basename(file), line]).sort()).toEqual([
    ['Corner', 'shapes.ts', 3],
    ['Pen.lift', 'shapes.ts', 11],
    ['area', 'shapes.ts', 6],
  ]);
  expect(count).toBe(7);
});

test('an entry that is not there is an error, and not an empty package', () => {
  expect(() => undocumentedExports([join(folder, 'gone.ts')], OPTIONS)).toThrow(/There is no file .*gone\.ts/);
});

test('every package opens something', () => {
  const names = new Set(packageEntries(REPOSITORY).map((file) => /packages\/([^/]+)\//.exec(file)?.[1]));
  expect([...names]).toEqual(
    expect.arrayContaining(['contracts', 'lambda-kit', 'sandbox', 'serverless-plugin', 'simulator']),
  );
});
