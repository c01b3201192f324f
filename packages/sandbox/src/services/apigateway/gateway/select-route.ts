import type { Route } from '../http-api/http-api.ts';

export interface SelectedRoute {
  readonly route: Route;
  /** Decoded; absent where the route has none. */
  readonly pathParameters?: Readonly<Record<string, string>>;
}

/**
 * The most specific route for a request: a full match of path and method, then one with a greedy variable, then `$default`. Among several,
 * static segments go before variables, from left to right, and the method before ANY.
 * Source: API Gateway Developer Guide, "Create routes for HTTP APIs", routing API requests.
 */
export function selectRoute(routes: Iterable<Route>, method: string, path: string): SelectedRoute | undefined {
  const segments = path.split('/').slice(1);
  let best: (SelectedRoute & { readonly rank: string }) | undefined;
  for (const route of routes) {
    const [routeMethod, routePath] = route.routeKey.split(' ');
    if (routePath === undefined) {
      best ??= { route, rank: '' };
      continue;
    }
    if (routeMethod !== method && routeMethod !== 'ANY') continue;
    const pathParameters = match(routePath.split('/').slice(1), segments);
    if (!pathParameters) continue;
    const rank = rankOf(routePath, routeMethod);
    if (best && best.rank >= rank) continue;
    best = { route, rank, ...(Object.keys(pathParameters).length > 0 ? { pathParameters } : {}) };
  }
  return best;
}

const isGreedy = (part: string): boolean => part.endsWith('+}');

function match(parts: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  const last = parts.at(-1) ?? '';
  const fixed = isGreedy(last) ? parts.slice(0, -1) : parts;
  const rest = segments.slice(fixed.length).join('/');
  if (segments.length < fixed.length || isGreedy(last) !== (rest !== '')) return undefined;
  if (!isGreedy(last) && segments.length !== parts.length) return undefined;
  const found: Record<string, string> = isGreedy(last) ? { [last.slice(1, -2)]: decoded(rest) } : {};
  for (const [index, part] of fixed.entries()) {
    const segment = decoded(segments[index] ?? '');
    if (part.startsWith('{') && segment !== '') found[part.slice(1, -1)] = segment;
    else if (part !== segment) return undefined;
  }
  return found;
}

/** Compared as text: the greater is the more specific. */
function rankOf(path: string, method: string | undefined): string {
  const parts = path.split('/').slice(1);
  const full = parts.some(isGreedy) ? '1' : '2';
  const segments = parts.map((part) => (isGreedy(part) ? '1' : part.startsWith('{') ? '2' : '3')).join('');
  return `${full}${segments}${method === 'ANY' ? '0' : '1'}`;
}

/** A broken escape stays as it was sent. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
