import { useEffect, useState } from 'preact/hooks';
import { enterVisit, type Visit } from './visits.ts';

/** Where the reader is: `#/finding?id=…`. Behind the hash, so that any address is one static page. */
export interface Route {
  readonly page: string;
  readonly params: URLSearchParams;
  readonly visit: Visit;
  /** Of a visit that was gone back to: the address that was left for it. */
  readonly leftFor?: string;
}

const read = (left = ''): Route => {
  const [page = '', query = ''] = location.hash.replace(/^#\//, '').split('?', 2);
  const { visit, isReturn } = enterVisit();
  return { page: page || 'now', params: new URLSearchParams(query), visit, ...(isReturn && { leftFor: left }) };
};

/** The address of a page. */
export function linkTo(page: string, params: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams(params).toString();
  return `#/${page}${query === '' ? '' : `?${query}`}`;
}

/** Goes there. */
export function goTo(page: string, params?: Readonly<Record<string, string>>): void {
  location.hash = linkTo(page, params);
}

/** The route, as it changes. */
export function useRoute(): Route {
  const [route, setRoute] = useState(() => read());
  useEffect(() => {
    const onChange = ({ oldURL }: HashChangeEvent): void => setRoute(read(new URL(oldURL).hash));
    addEventListener('hashchange', onChange);
    return () => removeEventListener('hashchange', onChange);
  }, []);
  return route;
}
