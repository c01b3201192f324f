import type { RuntimeError } from './messages.ts';

/** An error of the runtime itself, named as AWS names it: `Runtime.ImportModuleError`. */
export class NamedError extends Error {
  constructor(name: string, message: string, cause?: { readonly stack?: string; readonly reason?: unknown }) {
    super(message);
    Object.defineProperty(this, 'name', { value: name });
    // JSON lines name an error by its class, which on AWS is `ImportModuleError`.
    Object.defineProperty(this, 'constructor', { value: { name: name.replace('Runtime.', '') } });
    if (cause?.stack) this.stack = `${name}: ${message}\n${cause.stack.split('\n').slice(1).join('\n')}`;
    if (cause && 'reason' in cause) Object.assign(this, { reason: cause.reason });
  }
}

/** A thrown value as the runtime posts it to the platform. */
export function describeThrown(thrown: unknown): RuntimeError {
  if (!(thrown instanceof Error)) return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
  return { errorType: thrown.name, errorMessage: thrown.message, trace: thrown.stack?.split('\n') ?? [] };
}

/** What follows the tab in `ERROR<tab>Invoke Error <tab>{...}`. */
export function thrownAsText(thrown: unknown): string {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  try {
    return `\t${JSON.stringify(error, (_key, value: unknown) => withHiddenFields(value))}`;
  } catch {
    return `\t${JSON.stringify(describeThrown(error))}`;
  }
}

function withHiddenFields(value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  const { code } = value as { code?: unknown };
  const fields = { errorType: value.name, errorMessage: value.message, code, ...value };
  return { ...fields, stack: value.stack?.split('\n') };
}
