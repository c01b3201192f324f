import ts from 'typescript';

/** An export that another package can use, and that says nothing of itself. */
export interface UndocumentedExport {
  /** `name`, or `Class.method`. */
  readonly name: string;
  /** File in which it is declared, and its line, from 1. */
  readonly file: string;
  readonly line: number;
}

/** What a look at some entries found. */
export interface DocumentedExports {
  /** Exports and methods that were looked at, each once. */
  readonly count: number;
  readonly undocumented: readonly UndocumentedExport[];
}

/**
 * Functions, constants, interfaces, types and classes that are reachable from these entry files, and the public methods of the classes, whose
 * declaration has no docstring. What a file exports under a name that it took from outside the repository is not its own to document.
 */
export function undocumentedExports(entries: readonly string[], options: ts.CompilerOptions): DocumentedExports {
  const program = ts.createProgram([...entries], options);
  const checker = program.getTypeChecker();
  const seen = new Set<ts.Symbol>();
  const undocumented: UndocumentedExport[] = [];
  for (const symbol of entries.flatMap((entry) => exportsOf(program, checker, entry))) {
    for (const [name, part] of [[symbol.name, symbol] as const, ...methodsOf(symbol)]) {
      if (seen.has(part) || !isOurs(program, part)) continue;
      seen.add(part);
      if (part.getDocumentationComment(checker).length === 0) undocumented.push({ name, ...placeOf(part) });
    }
  }
  return { count: seen.size, undocumented };
}

function exportsOf(program: ts.Program, checker: ts.TypeChecker, entry: string): readonly ts.Symbol[] {
  const source = program.getSourceFile(entry);
  const module = source && checker.getSymbolAtLocation(source);
  // An entry that exports nothing is a file that runs, or one that was not found: the latter is an error.
  if (source === undefined) throw new Error(`There is no file ${entry}, which a package.json exports.`);
  if (module === undefined) return [];
  return checker
    .getExportsOfModule(module)
    .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol));
}

/** Public methods of an exported class; private ones, written with #, have no name outside. */
function methodsOf(symbol: ts.Symbol): readonly (readonly [string, ts.Symbol])[] {
  if (!(symbol.flags & ts.SymbolFlags.Class)) return [];
  return [...(symbol.members?.values() ?? []), ...(symbol.exports?.values() ?? [])]
    .filter(({ declarations = [] }) =>
      declarations.some(
        (declaration) =>
          ts.isMethodDeclaration(declaration) &&
          ts.isIdentifier(declaration.name) &&
          !(ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.NonPublicAccessibilityModifier),
      ),
    )
    .map((method) => [`${symbol.name}.${method.name}`, method]);
}

function isOurs(program: ts.Program, { declarations = [] }: ts.Symbol): boolean {
  return declarations.some((declaration) => {
    const source = declaration.getSourceFile();
    return !program.isSourceFileFromExternalLibrary(source) && !source.fileName.includes('/node_modules/');
  });
}

function placeOf({ declarations = [] }: ts.Symbol): { readonly file: string; readonly line: number } {
  const [declaration] = declarations;
  if (declaration === undefined) return { file: '', line: 0 };
  const source = declaration.getSourceFile();
  return { file: source.fileName, line: source.getLineAndCharacterOfPosition(declaration.getStart()).line + 1 };
}
