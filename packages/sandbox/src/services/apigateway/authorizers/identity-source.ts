import { accessLogValue } from '../gateway/access-log-values.ts';
import type { Exchange } from '../gateway/exchange.ts';

/**
 * Values of an authorizer's identity sources; nothing where one of them is missing or empty.
 * `$request.header.Name`, `$request.querystring.name`, `$context.name`, `$stageVariables.name`.
 */
export function identityOf(sources: readonly string[], exchange: Exchange): readonly string[] | undefined {
  const values = sources.map((source) => sourceValue(source, exchange));
  return values.every((value) => value !== undefined && value !== '') ? (values as string[]) : undefined;
}

function sourceValue(source: string, exchange: Exchange): string | undefined {
  const [kind = '', ...rest] = source.split('.');
  const name = rest.join('.');
  if (kind === '$context') return accessLogValue(name, exchange);
  if (kind === '$stageVariables') return exchange.stage.stageVariables[name];
  if (name.startsWith('header.')) {
    const header = name.slice('header.'.length).toLowerCase();
    return header === 'cookie' ? exchange.wire.headers.cookie : exchange.headers[header];
  }
  if (name.startsWith('querystring.')) return exchange.query.get(name.slice('querystring.'.length)) ?? undefined;
  return undefined;
}
