import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import type { SignIn } from './sign-in.ts';

/** A file of the page as it is served. */
export interface PageFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly contentType: string;
  /** Files whose name holds their hash are kept for a year, the others asked for anew. */
  readonly cacheControl: string;
}

const WEB = join(import.meta.dirname, '../../web');
const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  png: 'image/png',
};

/** Bundles the page: scripts and style by esbuild, named by their hash, and the document that names them and says how to sign in. */
export async function buildPage(signIn: SignIn): Promise<readonly PageFile[]> {
  const { outputFiles, metafile } = await build({
    entryPoints: [join(WEB, 'main.tsx')],
    outdir: 'assets',
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    target: ['chrome123', 'firefox121', 'safari17.5'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    minify: true,
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  const [script, about] = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint !== undefined) ?? [];
  if (script === undefined || about?.cssBundle === undefined) throw new Error('The page has no script or no style.');
  const template = await readFile(join(WEB, 'index.html'), 'utf8');
  const document = template
    .replace('%STYLE%', `/assets/${basename(about.cssBundle)}`)
    .replace('%SCRIPT%', `/assets/${basename(script)}`)
    .replace('%SIGN_IN%', () => attribute(JSON.stringify(signIn)));
  return [
    ...outputFiles.map(({ path, contents }) =>
      pageFile(`assets/${basename(path)}`, contents, 'public, max-age=31536000, immutable'),
    ),
    pageFile('lamp.png', await readFile(join(WEB, 'lamp.png')), 'public, max-age=86400'),
    // Last: what it names has to be there before.
    pageFile('index.html', Buffer.from(document), 'no-cache'),
  ];
}

/** As the value of an attribute in double quotes. */
const attribute = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

const pageFile = (name: string, bytes: Uint8Array, cacheControl: string): PageFile => ({
  name,
  bytes,
  contentType: TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
  cacheControl,
});
