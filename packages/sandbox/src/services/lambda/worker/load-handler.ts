import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { WorkerSettings } from './messages.ts';
import { NamedError } from './runtime-error.ts';

export type Handler = (event: unknown, context: unknown, callback?: unknown) => unknown;

/**
 * Loads `path/file.export` from the task root, trying the file as named, then .js, .mjs and .cjs, as the Node.js runtime does.
 * Errors are named as on AWS: Runtime.ImportModuleError, .UserCodeSyntaxError, .HandlerNotFound, .MalformedHandlerName.
 */
export async function loadHandler(settings: WorkerSettings): Promise<Handler> {
  const { moduleName, exportPath } = parseHandler(settings.handler);
  const loaded = await loadModule(settings.taskRoot, moduleName);
  const handler = exportPath
    .split('.')
    .reduce<unknown>((value, name) => (value as Record<string, unknown>)?.[name], loaded);
  if (handler === undefined) {
    throw new NamedError('Runtime.HandlerNotFound', `${settings.handler} is undefined or not exported`);
  }
  if (typeof handler !== 'function') {
    throw new NamedError('Runtime.HandlerNotFound', `${settings.handler} is not a function`);
  }
  if (handler.length >= 3 && !settings.allowsCallback) {
    throw new NamedError(
      'Runtime.CallbackHandlerDeprecated',
      'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24.',
    );
  }
  return handler as Handler;
}

function parseHandler(handler: string): { moduleName: string; exportPath: string } {
  const match = /^((?:.*\/)?[^./]*)\.(.+)$/.exec(handler);
  if (!match || handler.includes('..')) {
    throw new NamedError('Runtime.MalformedHandlerName', `'${handler}' is not a valid handler name.`);
  }
  return { moduleName: match[1] as string, exportPath: match[2] as string };
}

async function loadModule(taskRoot: string, moduleName: string): Promise<unknown> {
  const base = path.resolve(taskRoot, moduleName);
  const require = createRequire(path.join(taskRoot, 'noop.js'));
  try {
    const file = ['', '.js', '.mjs', '.cjs'].map((extension) => base + extension).find(isFile);
    if (!file) return require(require.resolve(`./${moduleName}`, { paths: [taskRoot] }));
    if (!isEsModule(file, taskRoot)) return require(file);
    const module = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
    // A CommonJS bundle's exports may be computed, which the ES module view of it does not list by name.
    return module.default && typeof module.default === 'object' ? { ...module.default, ...module } : module;
  } catch (error) {
    throw nameLoadError(error);
  }
}

/** As the Node.js runtime decides it: by the extension, and for .js by the nearest package.json of the package. */
function isEsModule(file: string, taskRoot: string): boolean {
  if (!file.endsWith('.js')) return file.endsWith('.mjs');
  for (let folder = path.dirname(file); folder.startsWith(taskRoot); folder = path.dirname(folder)) {
    const manifest = path.join(folder, 'package.json');
    if (existsSync(manifest))
      return (JSON.parse(readFileSync(manifest, 'utf8')) as { type?: string }).type === 'module';
  }
  return false;
}

const isFile = (file: string): boolean => existsSync(file) && path.extname(file) !== '';

function nameLoadError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const stack = error.stack ? { stack: error.stack } : {};
  if (error instanceof SyntaxError)
    return new NamedError('Runtime.UserCodeSyntaxError', `SyntaxError: ${error.message}`, stack);
  const { code } = error as { code?: string };
  if (code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND') {
    return new NamedError('Runtime.ImportModuleError', `Error: ${error.message}`, stack);
  }
  return error;
}
