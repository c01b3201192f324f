import { useEffect, useState } from 'preact/hooks';
import { ApiProblem, get } from './api-client.ts';

/** What a page shows of an answer that is asked for again and again: the newest there is, even while the newest question failed. */
export interface Polled<Body> {
  readonly body?: Body;
  readonly problem?: ApiProblem;
  /** When the newest answer came, by this machine's clock. */
  readonly answeredAt?: number;
  readonly refresh: () => void;
}

const SLOWEST_MS = 60_000;

/**
 * Asks at once and then every `everyMs`; not while the page is hidden, more slowly while it fails, anew when it is shown again or `refresh` is
 * called. 0 asks once.
 */
export function usePolled<Body>(path: string, everyMs: number): Polled<Body> {
  const [state, setState] = useState<Omit<Polled<Body>, 'refresh'> & { path: string }>({ path });
  const [round, setRound] = useState(0);
  const refresh = () => setRound((last) => last + 1);
  useEffect(() => {
    let timer = 0;
    let isOver = false;
    let failures = 0;
    const ask = async (): Promise<void> => {
      try {
        const body = await get<Body>(path);
        failures = 0;
        if (!isOver) setState({ path, body, answeredAt: Date.now() });
      } catch (error) {
        failures++;
        if (!isOver)
          setState((before) => ({ ...(before.path === path ? before : { path }), problem: asProblem(error) }));
      }
      if (!isOver && everyMs > 0 && !document.hidden) {
        timer = window.setTimeout(ask, Math.min(SLOWEST_MS, everyMs * 2 ** Math.min(failures, 5)));
      }
    };
    const onShown = (): void => {
      window.clearTimeout(timer);
      if (!document.hidden) void ask();
    };
    void ask();
    if (everyMs > 0) document.addEventListener('visibilitychange', onShown);
    return () => {
      isOver = true;
      window.clearTimeout(timer);
      document.removeEventListener('visibilitychange', onShown);
    };
  }, [path, everyMs, round]);
  const { path: _path, ...shown } = state.path === path ? state : { path };
  return { ...shown, refresh };
}

const asProblem = (error: unknown): ApiProblem =>
  error instanceof ApiProblem ? error : new ApiProblem({ status: 0, code: 'PAGE', detail: String(error) });
