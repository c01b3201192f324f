import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { PURE_PACKAGES, TEST_ONLY } from './import-rules.ts';

/** Whose answers depend on when, where or how often one asks. */
const IMPURE_GLOBALS = new Set(['process', 'performance', 'fetch', 'setTimeout', 'setInterval', 'setImmediate']);
const IMPURE_MEMBERS = new Set(['Date.now', 'Math.random']);
/** Of `node:crypto`, and of the global `crypto`. */
const RANDOM = /^(random(Bytes|Fill|FillSync|Int|UUID)|getRandomValues|generate(Key|KeyPair)(Sync)?)$/;

const IS_PURE = new RegExp(`^packages/(${PURE_PACKAGES.join('|')})/src/|^services/[^/]+/src/domain/`);
const IS_TEST = new RegExp(TEST_ONLY);

/** Sources that compute and nothing else: those of the pure packages and of the services' domains, without tests. */
export const isPureSource = (file: string): boolean => IS_PURE.test(file) && !IS_TEST.test(file);

/** Where pure sources below `root` look at the clock, at chance, at the environment or at the network without importing anything: one line each. */
export function impureUses(root: string, files: readonly string[]): readonly string[] {
  return files.filter(isPureSource).flatMap((file) => usesIn(file, readFileSync(join(root, file), 'utf8')));
}

function usesIn(file: string, text: string): readonly string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const look = (node: ts.Node): void => {
    const use = impureUse(node);
    if (use !== undefined) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
      found.push(`${file}:${line + 1}: ${use}`);
    }
    ts.forEachChild(node, look);
  };
  look(source);
  return found;
}

function impureUse(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node)) return impureMember(node);
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) return impureCall(node.expression.text);
  if (ts.isImportSpecifier(node) && RANDOM.test((node.propertyName ?? node.name).text)) return node.getText();
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && (node.arguments?.length ?? 0) === 0)
    return 'new Date()';
  return undefined;
}

function impureMember({ expression, name }: ts.PropertyAccessExpression): string | undefined {
  const of = expression.getText();
  const member = `${of}.${name.text}`;
  if (IMPURE_MEMBERS.has(member) || IMPURE_GLOBALS.has(of) || of === 'globalThis') return member;
  return RANDOM.test(name.text) && /crypto/i.test(of) ? member : undefined;
}

const impureCall = (name: string): string | undefined =>
  IMPURE_GLOBALS.has(name) || name === 'Date' ? `${name}()` : undefined;
