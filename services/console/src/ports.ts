import type {
  AlertsAnswer,
  AlertsQuery,
  AuditAnswer,
  AuditQuery,
  FindingsAnswer,
  FindingsQuery,
  ForecastsAnswer,
  ForecastsQuery,
  RemediationsAnswer,
  RemediationsQuery,
} from '@lamplighter/contracts';
import type { SearchHit } from './domain/search-hit.ts';

/** What came of a question to another service. A service that is not there is an answer, not an error. */
export type Asked<Answer> =
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'not-deployed' }
  | { readonly kind: 'failed'; readonly reason: string };

/** A question to the query function of a service. Never throws for what the service does. */
export type Ask<Query, Answer> = (query: Query) => Promise<Asked<Answer>>;

/** The services that the console composes, each by its contract. */
export interface Services {
  readonly audit: Ask<AuditQuery, AuditAnswer>;
  readonly findings: Ask<FindingsQuery, FindingsAnswer>;
  readonly alerts: Ask<AlertsQuery, AlertsAnswer>;
  readonly remediations: Ask<RemediationsQuery, RemediationsAnswer>;
  readonly forecasts: Ask<ForecastsQuery, ForecastsAnswer>;
}

/** What a person may look for, found: the likeliest first. One port, so that a search engine can take the place of the embedded one. */
export type SearchPort = (text: string) => Promise<readonly SearchHit[]>;
