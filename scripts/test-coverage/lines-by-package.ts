/** Lines of one source file that can be executed, and those that a test executed, as Istanbul's `json-summary` tells them. */
export interface FileLines {
  /** From the repository's root, with forward slashes. */
  readonly path: string;
  readonly total: number;
  readonly covered: number;
}

/** Lines of a package or a service. */
export interface PackageLines {
  /** `packages/<name>` or `services/<name>`. */
  readonly name: string;
  readonly total: number;
  readonly covered: number;
  /** Share of lines executed, in percent. */
  readonly coveredPct: number;
}

/** Sums lines by package and service, in order of their names. A package without a line that can be executed is left out. */
export function linesByPackage(files: readonly FileLines[]): readonly PackageLines[] {
  const names = [...new Set(files.map(({ path }) => packageOf(path)))].sort();
  return names
    .map((name) =>
      sumLines(
        name,
        files.filter(({ path }) => packageOf(path) === name),
      ),
    )
    .filter(({ total }) => total > 0);
}

/** Lines of all these together, under one name; 100 % where there are none. */
export function sumLines(
  name: string,
  parts: readonly { readonly total: number; readonly covered: number }[],
): PackageLines {
  const total = parts.reduce((sum, part) => sum + part.total, 0);
  const covered = parts.reduce((sum, part) => sum + part.covered, 0);
  return { name, total, covered, coveredPct: total === 0 ? 100 : (100 * covered) / total };
}

const packageOf = (path: string): string => path.split('/').slice(0, 2).join('/');
