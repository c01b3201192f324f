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
  SearchHit,
  SearchQuery,
} from '@lamplighter/contracts';
import type { SearchDocument } from './domain/search-document.ts';

/** What came of a question to another service. A service that is not there is an answer, not an error. */
export type Asked<Answer> =
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'not-deployed' }
  | { readonly kind: 'failed'; readonly reason: string };

/** A question to the query function of a service. Never throws for what the service does. */
export type Ask<Query, Answer> = (query: Query) => Promise<Asked<Answer>>;

/** A service as it is called where it is shown. */
export type ServiceName = 'ingestion' | 'analysis' | 'prediction' | 'remediation' | 'alerting';

/** The services that the console composes, each by its contract. */
export interface Services {
  readonly audit: Ask<AuditQuery, AuditAnswer>;
  readonly findings: Ask<FindingsQuery, FindingsAnswer>;
  readonly alerts: Ask<AlertsQuery, AlertsAnswer>;
  readonly remediations: Ask<RemediationsQuery, RemediationsAnswer>;
  readonly forecasts: Ask<ForecastsQuery, ForecastsAnswer>;
}

/** What a search found, the likeliest first; `note` says what could not be looked through, and what to do. */
export interface Found {
  readonly hits: readonly SearchHit[];
  readonly note?: string;
  /** Services that did not answer: what they know was not looked through. Absent where all did. */
  readonly unanswered?: readonly ServiceName[];
}

/** Where is looked, and how much is told; by default all functions, as far back as is quick. */
export type SearchScope = Pick<SearchQuery, 'functionName' | 'since' | 'until' | 'limit'>;

/** What a person may look for, found. */
export type SearchPort = (text: string, scope?: SearchScope) => Promise<Found>;

/** Finds text in log lines, errors and findings: embedded, or by a search engine. Both pass `test/text-search-conformance.ts`. */
export type TextSearchPort = (text: string, scope?: SearchScope) => Promise<Found>;

/** A log line that holds the text that was looked for. */
export interface FoundLine {
  readonly functionName: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly message: string;
}

/** Looks for a text in the log groups themselves, as long as there is time; a group that cannot be read is `unread`, one whose end was not come to `inPart`. */
export type LinesPort = (
  logGroups: readonly string[],
  text: string,
  range: { readonly since: number; readonly until: number },
) => Promise<{ readonly lines: readonly FoundLine[]; readonly unread: number; readonly inPart: number }>;

/** An index of a search engine. Writing a document again changes nothing. */
export interface SearchIndexPort {
  /** The newest of a time whose words hold these, one behind the other; the last may go on. @throws Error where the engine does not answer. */
  find(words: string, most: number, time?: Pick<SearchScope, 'since' | 'until'>): Promise<readonly string[]>;
  /** @throws Error where not every document was taken. */
  put(documents: readonly SearchDocument[]): Promise<void>;
  names(): Promise<readonly string[]>;
  drop(name: string): Promise<void>;
}
