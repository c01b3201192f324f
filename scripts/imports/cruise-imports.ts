import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { IMPORT_RULES } from './import-rules.ts';
import { listSources } from './list-sources.ts';

export interface ImportReport {
  readonly modules: number;
  /** One line each: rule, importing file, imported file. */
  readonly violations: readonly string[];
  /** Sources that were not looked at: a tool that is set up wrongly finds no violation. */
  readonly missed: readonly string[];
}

/** Judges every import below `root` by the import rules. */
export async function cruiseImports(root: string): Promise<ImportReport> {
  const sources = listSources(root);
  const { output } = await cruise(
    [...sources],
    {
      baseDir: root,
      validate: true,
      ruleSet: { forbidden: [...IMPORT_RULES] },
      doNotFollow: { path: 'node_modules' },
      tsPreCompilationDeps: true,
      combinedDependencies: true,
      externalModuleResolutionStrategy: 'node_modules',
    },
    {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.d.ts'],
    },
  );
  const { modules, summary } = output as ICruiseResult;
  const seen = new Set(modules.map(({ source }) => source));
  return {
    modules: modules.length,
    violations: summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`),
    missed: sources.filter((source) => !seen.has(source)),
  };
}
