import { useEffect, useRef, useState } from 'preact/hooks';

let listener = (_text: string): void => {};

/** Says what changed, or that something worked, to who does not see it; when nothing else is being said. */
export const announce = (text: string): void => listener(text);

/** Announces a text as it changes; what stands there at first is read with the page. */
export function useAnnounced(text: string): void {
  const isFirst = useRef(true);
  useEffect(() => {
    if (!isFirst.current) announce(text);
    isFirst.current = false;
  }, [text]);
}

/** Where it is said: it has to be there before there is something to say. */
export function Announcements() {
  const [text, setText] = useState('');
  useEffect(() => {
    listener = setText;
  }, []);
  return (
    <p class="unseen" role="status" id="announced">
      {text}
    </p>
  );
}
