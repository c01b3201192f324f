import dns from 'node:dns';

const LOOPBACK_NAME = /(^|[-.])127\.0\.0\.1$|(^|\.)localhost$/;
const ADDRESS = { address: '127.0.0.1', family: 4 };

/**
 * Makes `stream-127.0.0.1`, `sync-127.0.0.1` and the like reach the loopback address: AWS SDKs put an operation's host prefix before
 * whatever endpoint they are given (StartLiveTail, StartSyncExecution), and `disableHostPrefix` does not cure all of them.
 * Source: tried with SDK 3.1141. Returns what undoes it.
 */
export function resolveLoopbackNames(): () => void {
  const lookup = dns.lookup;
  const patched = (hostname: string, ...rest: unknown[]): void => {
    if (!LOOPBACK_NAME.test(hostname)) {
      Reflect.apply(lookup, dns, [hostname, ...rest]);
      return;
    }
    const callback = rest.at(-1) as (error: null, address: unknown, family?: number) => void;
    const all = typeof rest[0] === 'object' && rest[0] !== null && (rest[0] as dns.LookupOptions).all === true;
    process.nextTick(() => (all ? callback(null, [ADDRESS]) : callback(null, ADDRESS.address, ADDRESS.family)));
  };
  dns.lookup = patched as typeof dns.lookup;
  return () => {
    dns.lookup = lookup;
  };
}
