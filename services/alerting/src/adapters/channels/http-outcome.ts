import type { SendOutcome } from '../../domain/judge-attempt.ts';

/** No channel is waited for longer. */
const TIMEOUT_MS = 10_000;

export type HttpAnswer = { readonly kind: 'answered'; readonly status: number; readonly body: string } | SendOutcome;

/**
 * One POST, and what its failure means: no answer, 408, 425, 429 and 5xx are worth another try (`Retry-After` says when); any other refusal is not.
 * Redirects are not followed: an alert goes where the policy says.
 */
export async function post(url: string, body: string, headers: Readonly<Record<string, string>>): Promise<HttpAnswer> {
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'POST',
      body,
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    if (response.ok) return { kind: 'answered', status: response.status, body: text };
  } catch (error) {
    return { kind: 'later', reason: `no answer: ${(error as Error).message}`, isUnsure: true };
  }
  const reason = `answered with ${response.status}`;
  if (response.status < 500 && ![408, 425, 429].includes(response.status)) return { kind: 'never', reason };
  const afterMs = Number(response.headers.get('retry-after')) * 1000;
  return { kind: 'later', reason, ...(afterMs > 0 && { afterMs }), ...(response.status >= 500 && { isUnsure: true }) };
}
