import { useEffect, useState } from 'preact/hooks';
import { enterVisit, type Visit } from './visits.ts';

/** Where the reader is: `#/finding?id=…`. Behind the hash, so that any address is one static page. */
export interface Route {
  readonly page: string;
  readonly params: URLSearchParams;
  readonly visit: Visit;
  /** Of a visit that was gone back to: the address that was left for it. */
  readonly leftFor?: string;
  /** The id of the control that one went by, where it is on the next page again and keeps the focus: it has `data-stays`. */
  readonly stays?: string;
}

const read = (left = ''): Route => {
  const [page = '', query = ''] = location.hash.replace(/^#\//, '').split('?', 2);
  const { visit, isReturn } = enterVisit();
  const stays = document.activeElement?.closest('[data-stays]')?.id;
  return {
    ...{ page: page || 'now', params: new URLSearchParams(query), visit },
    ...(isReturn && { leftFor: left }),
    ...(stays !== undefined && { stays }),
  };
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

/** Keeps a choice in the address, so that it can be shared, without going anywhere. */
export const keepInAddress = (address: string): void => history.replaceState(history.state, '', address);

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
