import type { Clock } from '@lamplighter/lambda-kit';
import type { Ask, Asked, Services } from '../ports.ts';
import { expiringMap } from './expiring-map.ts';

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
 * never kept, nor failures; what is over, and then what is kept longest, makes room. `forget` lets go of all.
 */
export function keptAnswers(
  services: Services,
  now: Clock,
): { readonly services: Services; readonly forget: () => void } {
  const kept = expiringMap<Promise<Asked<unknown>>>(MOST_KEPT, now);
  const keeping =
    <Query extends { readonly kind: string }, Answer>(name: string, ask: Ask<Query, Answer>): Ask<Query, Answer> =>
    (query) => {
      if (changes(query.kind)) return ask(query);
      const key = `${name} ${JSON.stringify(query)}`;
      const known = kept.get(key);
      if (known !== undefined) return known as Promise<Asked<Answer>>;
      const answer = ask(query);
      kept.set(key, answer, LONG.has(query.kind) ? KEPT_LONG_MS : KEPT_MS);
      void answer.then(({ kind }) => kind === 'failed' && kept.get(key) === answer && kept.delete(key));
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
