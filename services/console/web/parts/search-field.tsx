import { useEffect, useState } from 'preact/hooks';
import { goTo } from '../live/route.ts';

/** Where one types what is looked for; it holds what was looked for last. */
export function SearchField({ query }: { readonly query: string }) {
  const [text, setText] = useState(query);
  useEffect(() => setText(query), [query]);
  const onSubmit = (event: Event): void => {
    event.preventDefault();
    if (text.trim() !== '') goTo('search', { q: text.trim() });
  };
  return (
    <search>
      <form onSubmit={onSubmit}>
        <input
          id="search"
          type="search"
          aria-label="Search"
          placeholder="request id, order number, error, function"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
        />
      </form>
    </search>
  );
}
