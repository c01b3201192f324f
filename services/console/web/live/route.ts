import { useEffect, useState } from 'preact/hooks';

/** Where the reader is: `#/finding?id=…`. Behind the hash, so that any address is one static page. */
export interface Route {
  readonly page: string;
  readonly params: URLSearchParams;
}

const read = (): Route => {
  const [page = '', query = ''] = location.hash.replace(/^#\//, '').split('?', 2);
  return { page: page || 'now', params: new URLSearchParams(query) };
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
  const [route, setRoute] = useState(read);
  useEffect(() => {
    const onChange = (): void => setRoute(read());
    addEventListener('hashchange', onChange);
    return () => removeEventListener('hashchange', onChange);
  }, []);
  return route;
}
