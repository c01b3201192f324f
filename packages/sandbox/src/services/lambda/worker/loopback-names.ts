import { createRequire } from 'node:module';

type LookupCallback = (error: Error | null, address: unknown, family?: number) => void;
interface LookupOptions {
  readonly all?: boolean;
}

/**
 * Resolves `sync-127.0.0.1`, `bucket.127.0.0.1` and `*.localhost` to the loopback address: SDKs put host prefixes and bucket
 * names before the endpoint's host, and no resolver knows those names.
 */
export function resolveLoopbackNames(): void {
  const dns = createRequire(import.meta.url)('node:dns') as { lookup: (...parts: unknown[]) => unknown };
  const original = dns.lookup;
  dns.lookup = (host, optionsOrCallback, callback) => {
    if (!/(^|[-.])127\.0\.0\.1$|localhost$/.test(String(host))) return original(host, optionsOrCallback, callback);
    const isCallbackSecond = typeof optionsOrCallback === 'function';
    const done = (isCallbackSecond ? optionsOrCallback : callback) as LookupCallback;
    const options = (isCallbackSecond ? {} : optionsOrCallback) as LookupOptions;
    process.nextTick(() => {
      if (options.all) done(null, [{ address: '127.0.0.1', family: 4 }]);
      else done(null, '127.0.0.1', 4);
    });
    return undefined;
  };
}
