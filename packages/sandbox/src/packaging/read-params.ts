import { readFileSync } from 'node:fs';
import type { PackageRequest } from './package-request.ts';
import { configurationFiles } from './service-fingerprint.ts';

/**
 * The request without parameters that the service's configuration never reads: they change nothing of its package, and one package serves all who ask.
 * Services that are packaged together are often given the same parameters, though only one of them has a use for each.
 */
export function withReadParams({ params, ...request }: PackageRequest): PackageRequest {
  if (params === undefined) return request;
  const text = configurationFiles(request.serviceDir)
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const read = new Set([...text.matchAll(/\bparam:\s*([\w.-]+)/g)].map(([, name]) => name));
  // A name that is put together when the configuration is read may be any.
  const mayBeAny = /\bparam:\s*\$\{/.test(text);
  const kept = Object.entries(params).filter(([name]) => mayBeAny || read.has(name));
  return { ...request, params: Object.fromEntries(kept) };
}
