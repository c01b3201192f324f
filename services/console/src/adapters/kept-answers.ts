import type { Clock } from '@lamplighter/lambda-kit';
import type { Ask, Asked, Services } from '../ports.ts';

const KEPT_MS = 2_500;
/** What changes rarely, and is asked for with every look at the page. */
const KEPT_LONG_MS = 30_000;
const LONG = new Set([
  'functions',
  'windows',
  'completeness',
  'on-call',
  'forecasts',
  'breaches',
  'costs',
  'scores',
  'capacity',
]);
/** Twice what the longest look at the functions asks for. */
const MOST_KEPT = 1_000;

/**
 * Keeps answers for 2.5 s, of slow things for 30: however many pages are open, a service is asked once. Questions that change something are
 * never kept, nor failures; what is kept longest makes room. `forget` lets go of all.
 */
export function keptAnswers(
  services: Services,
  now: Clock,
): { readonly services: Services; readonly forget: () => void } {
  const kept = new Map<string, { readonly until: number; readonly answer: Promise<Asked<unknown>> }>();
  const keeping =
    <Query extends { readonly kind: string }, Answer>(name: string, ask: Ask<Query, Answer>): Ask<Query, Answer> =>
    (query) => {
      if (changes(query.kind)) return ask(query);
      const key = `${name} ${JSON.stringify(query)}`;
      const known = kept.get(key);
      if (known !== undefined && known.until > now()) return known.answer as Promise<Asked<Answer>>;
      const answer = ask(query);
      kept.delete(key);
      if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value!);
      kept.set(key, { until: now() + (LONG.has(query.kind) ? KEPT_LONG_MS : KEPT_MS), answer });
      void answer.then(({ kind }) => kind === 'failed' && kept.get(key)?.answer === answer && kept.delete(key));
      return answer;
    };
  return {
    services: {
      audit: keeping('audit', services.audit),
      findings: keeping('findings', services.findings),
      alerts: keeping('alerts', services.alerts),
      remediations: keeping('remediations', services.remediations),
      forecasts: keeping('forecasts', services.forecasts),
    },
    forget: () => kept.clear(),
  };
}

const changes = (kind: string): boolean => kind === 'decide' || kind === 'set-kill-switch' || kind === 'answer';
