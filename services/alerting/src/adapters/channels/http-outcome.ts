import type { SendOutcome } from '../../domain/judge-attempt.ts';
import { retryAfterMs } from './retry-after.ts';

/** No channel is waited for longer. */
const TIMEOUT_MS = 10_000;
/** Slack's answer to a page of 200 messages with blocks is the longest that is wanted. */
const MOST_BYTES = 8_000_000;

export type HttpAnswer =
  | { readonly kind: 'answered'; readonly body: string }
  | Exclude<SendOutcome, { readonly kind: 'sent' }>;

interface PostOptions {
  readonly now?: () => number;
  /** What the body of a refusal says of its reason. Only where it cannot quote a secret: most bodies are not looked at. */
  readonly reasonIn?: (body: string) => string | undefined;
}

/**
 * One POST, and what its failure means: no answer, 408, 425, 429 and 5xx are worth another try (`Retry-After` may say when); any other refusal is not.
 * Redirects are not followed: an alert goes where the policy says.
 */
export async function post(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  { now = Date.now, reasonIn = () => undefined }: PostOptions = {},
): Promise<HttpAnswer> {
  let request: Request;
  try {
    request = new Request(url, { method: 'POST', body, headers, redirect: 'manual' });
  } catch (error) {
    return { kind: 'never', reason: `no request can be made of it: ${causeOf(error)}` };
  }
  let response: Response;
  let text: string;
  try {
    response = await fetch(request, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    text = await readAtMost(response);
    if (response.ok) return { kind: 'answered', body: text };
  } catch (error) {
    return { kind: 'later', reason: `no answer: ${causeOf(error)}`, isUnsure: true };
  }
  const why = response.status < 400 ? 'redirects are not followed: name the new address' : reasonIn(text);
  const reason = `answered with ${response.status}${why ? `: ${why}` : ''}`;
  if (response.status < 500 && ![408, 425, 429].includes(response.status)) return { kind: 'never', reason };
  const afterMs = retryAfterMs(response.headers.get('retry-after'), now());
  const isUnsure = response.status >= 500 || response.status === 408;
  const isLimited = response.status === 429;
  return {
    kind: 'later',
    reason,
    ...(afterMs !== undefined && { afterMs }),
    ...(isLimited && { isLimited }),
    ...(isUnsure && { isUnsure }),
  };
}

/** A body that does not end is not read to its end. */
async function readAtMost(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > MOST_BYTES) break;
  }
  return Buffer.concat(chunks).toString();
}

/** What went wrong, by its name or code: messages quote what was sent, secrets included. */
const causeOf = (error: unknown): string => {
  const { name, cause } = error as Error & { readonly cause?: { readonly code?: unknown } };
  return typeof cause?.code === 'string' ? cause.code : name;
};
