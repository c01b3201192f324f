import { useEffect, useState } from 'preact/hooks';
import { Confirm, type ConfirmProps } from './confirm.tsx';

interface Question extends Omit<ConfirmProps, 'over' | 'onEnd'> {
  readonly onDone: (answer: unknown) => void;
}

interface Asked {
  readonly question: Question;
  readonly over?: string;
}

let asked: Asked | undefined;
let listener = (_asked: Asked | undefined): void => {};

function show(next: Asked | undefined): void {
  asked = next;
  listener(next);
}

/**
 * Asks in a dialog that stays as it was asked, whatever becomes of the part of the page that asks: were it to go away under the finger, the press
 * would meet what lies behind it. Gives what says why the question needs no answer any more.
 */
export function ask(question: Question): (why: string) => void {
  show({ question });
  return (why) => {
    if (asked?.question === question) show({ question, over: why });
  };
}

/** The question that is asked, if one is; it does not follow to another page. */
export function Questions() {
  const [shown, setShown] = useState(asked);
  useEffect(() => {
    listener = setShown;
    const leave = (): void => show(undefined);
    addEventListener('hashchange', leave);
    return () => removeEventListener('hashchange', leave);
  }, []);
  if (shown === undefined) return null;
  const { onDone, ...question } = shown.question;
  const onEnd = (answer?: unknown): void => {
    show(undefined);
    if (answer !== undefined) onDone(answer);
  };
  return <Confirm {...question} {...(shown.over !== undefined && { over: shown.over })} onEnd={onEnd} />;
}
