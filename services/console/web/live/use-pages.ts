import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { type ApiProblem, get } from './api-client.ts';

/** A list that grows by pages. */
export interface Pages<Body> {
  readonly pages: readonly Body[];
  readonly isWhole: boolean;
  readonly problem?: ApiProblem;
  /** Asks for the next page, unless one is on its way. */
  readonly more: () => void;
}

/** Asks for the first page at once, and for each further one when `more` is called. `path` is without the cursor. */
export function usePages<Body extends { readonly cursor?: string }>(path: string): Pages<Body> {
  const [state, setState] = useState<{ pages: Body[]; isWhole: boolean; problem?: ApiProblem }>({
    pages: [],
    isWhole: false,
  });
  const isAsking = useRef(false);
  const cursor = state.pages.at(-1)?.cursor;
  const more = useCallback((): void => {
    if (isAsking.current || state.isWhole || state.problem) return;
    isAsking.current = true;
    const separator = path.includes('?') ? '&' : '?';
    get<Body>(cursor === undefined ? path : `${path}${separator}cursor=${encodeURIComponent(cursor)}`)
      .then(
        (page) => setState(({ pages }) => ({ pages: [...pages, page], isWhole: page.cursor === undefined })),
        (problem: ApiProblem) => setState((before) => ({ ...before, problem })),
      )
      .finally(() => {
        isAsking.current = false;
      });
  }, [path, cursor, state.isWhole, state.problem]);
  useEffect(more, []);
  return { ...state, more };
}
