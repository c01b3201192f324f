import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../../workspace-services.ts';

/** A document of this repository. */
export interface Document {
  /** From the root: `docs/operations.md`. */
  readonly path: string;
  readonly text: string;
}

/** What people read first: the README, CONTRIBUTING, SECURITY, CHANGELOG and every page of docs. */
export function readDocuments(): readonly Document[] {
  const pages = readdirSync(join(REPOSITORY, 'docs')).filter((name) => name.endsWith('.md'));
  return ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', ...pages.map((name) => `docs/${name}`)].map(
    readDocument,
  );
}

/** The READMEs of services and packages, and the records of decisions: their links are checked as well. */
export function readInnerDocuments(): readonly Document[] {
  const readmes = ['services', 'packages'].flatMap((parent) =>
    readdirSync(join(REPOSITORY, parent)).map((name) => `${parent}/${name}/README.md`),
  );
  const decisions = readdirSync(join(REPOSITORY, 'docs', 'decisions')).map((name) => `docs/decisions/${name}`);
  return [...readmes, ...decisions].map(readDocument);
}

const readDocument = (path: string): Document => ({ path, text: readFileSync(join(REPOSITORY, path), 'utf8') });
