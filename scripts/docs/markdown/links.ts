import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { REPOSITORY } from '../../workspace-services.ts';
import { isBeginningOfPath } from './beginning-of-path.ts';
import type { Document } from './documents.ts';

/** Links of a document that lead nowhere in this repository: a file that is not there, a heading that the file has not. Addresses of the web are not asked. */
export function deadLinks({ path, text }: Document): readonly string[] {
  return linksOf(text)
    .filter((link) => !/^(https?|mailto):/.test(link))
    .filter((link) => !leadsSomewhere(path, link))
    .map((link) => `${path}: ${link}`);
}

function linksOf(text: string): readonly string[] {
  const prose = text.replaceAll(/^```[\s\S]*?^```/gm, '').replaceAll(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^()\s]+)\)/g)].map(([, link = '']) => link);
}

function leadsSomewhere(from: string, link: string): boolean {
  const [file = '', heading] = link.split('#');
  const path = join(REPOSITORY, file === '' ? from : normalize(join(dirname(from), file)));
  if (!existsSync(path)) return false;
  return heading === undefined || headingsOf(readFileSync(path, 'utf8')).includes(heading);
}

/** As GitHub makes them: lower case, spaces as dashes, no other punctuation; a repeated one is numbered, which no document here needs. */
const headingsOf = (text: string): readonly string[] =>
  [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(/\s/g, '-'),
  );

/** Files that documents name as those of an example, which a reader would make. */
const EXAMPLES = /\/(init-risk|init-memory|ntfy-\w+)\.ts$/;

/** Paths that a document writes as code and that are not there: a file, a folder, or the beginning of a file's name. */
export function deadPaths({ path, text }: Document): readonly string[] {
  const named = [...text.matchAll(/`((?:packages|services|scripts|samples|docs)\/[\w./-]+)`/g)].map(
    ([, found = '']) => found,
  );
  return named
    .filter((found) => !EXAMPLES.test(found) && !isBeginningOfPath(found))
    .map((found) => `${path}: ${found}`);
}
