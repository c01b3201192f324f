import type { Clock } from '@lamplighter/lambda-kit';
import type { Ask, Asked, Services } from '../ports.ts';
import { expiringMap } from './expiring-map.ts';

const KEPT_MS = 2_500;
/** From then on who asks has the next answer asked for too, and waits for neither. */
const RENEWED_AFTER_MS = 1_500;
/** What changes rarely, and is asked for with every look at the page. */
const KEPT_LONG_MS = 30_000;
const LONG = new Set([
  'functions',
  'windows',
  'changes',
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

interface Kept {
  readonly askedAt: number;
  readonly answer: Promise<Asked<unknown>>;
}

/**
 * Keeps answers for 2.5 s, of slow things for 30: however many pages are open, a service is asked once. Where many look, the next answer is on its
 * way before the last one is over, so that nobody waits for it; it is kept from when it was asked for, or a function that slept in between would
 * tell what is long past. Questions that change something are never kept, nor failures; what is over, and then what is kept longest, makes room.
 * `forget` lets go of all.
 */
export function keptAnswers(
  services: Services,
  now: Clock,
): { readonly services: Services; readonly forget: () => void } {
  const kept = expiringMap<Kept>(MOST_KEPT, now);
  const next = expiringMap<Kept>(MOST_KEPT, now);
  const renew = (key: string, ask: () => Promise<Asked<unknown>>): void => {
    const renewed = { askedAt: now(), answer: ask() };
    next.set(key, renewed, KEPT_MS);
    void renewed.answer.then(({ kind }) => {
      if (next.get(key) !== renewed) return;
      next.delete(key);
      if (kind !== 'failed') kept.set(key, renewed, renewed.askedAt + KEPT_MS - now());
    });
  };
  const askAnew = (key: string, forMs: number, ask: () => Promise<Asked<unknown>>): Kept => {
    const asked = { askedAt: now(), answer: ask() };
    kept.set(key, asked, forMs);
    void asked.answer.then(({ kind }) => kind === 'failed' && kept.get(key) === asked && kept.delete(key));
    return asked;
  };
  const keeping =
    <Query extends { readonly kind: string }, Answer>(name: string, ask: Ask<Query, Answer>): Ask<Query, Answer> =>
    (query) => {
      if (changes(query.kind)) return ask(query);
      const key = `${name} ${JSON.stringify(query)}`;
      const isLong = LONG.has(query.kind);
      const known = kept.get(key);
      if (known && !isLong && now() - known.askedAt >= RENEWED_AFTER_MS && next.get(key) === undefined) {
        renew(key, () => ask(query));
      }
      const { answer } = known ?? next.get(key) ?? askAnew(key, isLong ? KEPT_LONG_MS : KEPT_MS, () => ask(query));
      return answer as Promise<Asked<Answer>>;
    };
  return {
    services: {
      audit: keeping('audit', services.audit),
      findings: keeping('findings', services.findings),
      alerts: keeping('alerts', services.alerts),
      remediations: keeping('remediations', services.remediations),
      forecasts: keeping('forecasts', services.forecasts),
    },
    forget: () => {
      kept.clear();
      next.clear();
    },
  };
}

const changes = (kind: string): boolean => kind === 'decide' || kind === 'set-kill-switch' || kind === 'answer';
