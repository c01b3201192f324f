import { useEffect, useState } from 'preact/hooks';
import { ApiProblem, get } from './api-client.ts';
import { startPoll } from './start-poll.ts';
import { useKept } from './use-kept.ts';

/** What a page shows of an answer that is asked for again and again: the newest there is, even while the newest question failed. */
export interface Polled<Body> {
  readonly body?: Body;
  readonly problem?: ApiProblem;
  /** When the newest answer came, by this machine's clock. */
  readonly answeredAt?: number;
  /** Whether `body` is of now: the newest question was answered, and that is not long ago. */
  readonly isLive: boolean;
  readonly refresh: () => void;
}

/** How much later than planned a question may be before what is shown is old: a tab that was hidden, a lid that was closed. */
const LATE_MS = 10_000;

/**
 * Asks at once and then every `everyMs`; not while the page is hidden, more slowly while it fails, anew when it is shown again or `refresh` is
 * called. 0 asks once. Who goes back to a page sees its last answer until there is another.
 */
export function usePolled<Body>(path: string, everyMs: number): Polled<Body> {
  const [state, setState] = useKept<PolledState<Body>>(`answer ${path}`, { path, isLive: false });
  const [round, setRound] = useState(0);
  const refresh = () => setRound((last) => last + 1);
  useEffect(() => {
    let isOver = false;
    const change = (how: (before: PolledState<Body>) => PolledState<Body>): void => {
      if (!isOver) setState((before) => how(stateOf(before, path)));
    };
    const ask = async (): Promise<boolean> => {
      change((before) => (isOld(before, everyMs) ? { ...before, isLive: false } : before));
      try {
        const body = await get<Body>(path);
        change(() => ({ path, body, answeredAt: Date.now(), isLive: true }));
        return true;
      } catch (error) {
        change((before) => ({ ...before, isLive: false, problem: asProblem(error) }));
        return false;
      }
    };
    const poll = startPoll({ ask, everyMs, isHidden: () => document.hidden, later });
    if (everyMs > 0) document.addEventListener('visibilitychange', poll.look);
    return () => {
      isOver = true;
      poll.stop();
      document.removeEventListener('visibilitychange', poll.look);
    };
  }, [path, everyMs, round]);
  const { path: _path, ...shown } = stateOf(state, path);
  return { ...shown, refresh };
}

type PolledState<Body> = Omit<Polled<Body>, 'refresh'> & { readonly path: string };

/** What is known of a path: nothing, where the state is of another. */
const stateOf = <Body>(state: PolledState<Body>, path: string): PolledState<Body> =>
  state.path === path ? state : { path, isLive: false };

const isOld = ({ isLive, answeredAt = 0 }: PolledState<unknown>, everyMs: number): boolean =>
  isLive && everyMs > 0 && Date.now() - answeredAt > everyMs + LATE_MS;

function later(work: () => void, ms: number): () => void {
  const timer = window.setTimeout(work, ms);
  return () => window.clearTimeout(timer);
}

const asProblem = (error: unknown): ApiProblem =>
  error instanceof ApiProblem ? error : new ApiProblem({ status: 0, code: 'PAGE', detail: String(error) });
