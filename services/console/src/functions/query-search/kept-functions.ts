import type { Clock } from '@lamplighter/lambda-kit';
import { keptAnswers } from '../../adapters/kept-answers.ts';
import type { Services } from '../../ports.ts';

/** Keeps the names of functions, which a search asks for more than once, and nothing else: a day's minutes of a fleet are more than memory holds. */
export function keptFunctions(services: Services, now: Clock): Services {
  const kept = keptAnswers(services, now).services;
  return {
    ...services,
    audit: (query) => (query.kind === 'functions' ? kept.audit(query) : services.audit(query)),
  };
}
