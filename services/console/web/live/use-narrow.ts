import { useEffect, useState } from 'preact/hooks';

/** As the style sheets have it. */
const NARROW = '(max-width: 600px)';

/** Whether the page is as narrow as a phone's, as it changes. */
export function useNarrow(): boolean {
  const [isNarrow, setNarrow] = useState(() => matchMedia(NARROW).matches);
  useEffect(() => {
    const query = matchMedia(NARROW);
    const onChange = (): void => setNarrow(query.matches);
    query.addEventListener('change', onChange);
    return () => query.removeEventListener('change', onChange);
  }, []);
  return isNarrow;
}
