import type { TraceSpan } from '@lamplighter/contracts';
import { errorText } from '@lamplighter/contracts/error-text';

/** Who was called, and for what: `aurora: payments`; of work that called nobody, whose it was. */
export function spanName({ remoteService, remoteOperation, serviceName, name }: TraceSpan): string {
  const service = remoteService ?? serviceName ?? '';
  const operation = remoteOperation ?? name;
  if (service === '' || service === operation) return operation;
  return operation === '' ? service : `${service}: ${operation}`;
}

/** What went wrong with a span, in its own words; undefined where nothing did. */
export function spanFailure({ error, httpStatusCode }: TraceSpan): string | undefined {
  if (error === undefined) return undefined;
  const said = errorText(error.type, error.message) || 'failed';
  return httpStatusCode === undefined || httpStatusCode < 400 ? said : `${said} (status ${httpStatusCode})`;
}
