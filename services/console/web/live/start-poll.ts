interface Poll {
  /** Asks once, and says whether there was an answer. Never throws. */
  readonly ask: () => Promise<boolean>;
  /** 0 asks once. */
  readonly everyMs: number;
  readonly isHidden: () => boolean;
  /** Does something later; gives what calls it off. */
  readonly later: (work: () => void, ms: number) => () => void;
}

const SLOWEST_MS = 60_000;

/** Asks at once and then every `everyMs`; not while the page is hidden, more slowly while it fails. One question at a time, however often `look` asks for one now. */
export function startPoll({ ask, everyMs, isHidden, later }: Poll): { look: () => void; stop: () => void } {
  let callOff = (): void => {};
  let isAsking = false;
  let isOver = false;
  let failures = 0;
  const round = async (): Promise<void> => {
    isAsking = true;
    failures = (await ask()) ? 0 : failures + 1;
    isAsking = false;
    if (isOver || everyMs === 0 || isHidden()) return;
    callOff = later(look, Math.min(SLOWEST_MS, everyMs * 2 ** Math.min(failures, 5)));
  };
  const look = (): void => {
    callOff();
    if (!isAsking && !isOver && !isHidden()) void round();
  };
  void round();
  return {
    look,
    stop: () => {
      isOver = true;
      callOff();
    },
  };
}
