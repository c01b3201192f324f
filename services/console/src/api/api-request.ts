import * as z from 'zod';
import { readInstant } from '../domain/instant.ts';
import { badRequest } from '../domain/problem.ts';
import type { SearchPort, Services } from '../ports.ts';
import { ProblemError } from './problem-error.ts';

/** A request to the API, after sign-in. */
export interface ApiRequest {
  readonly method: string;
  /** `/api/now` */
  readonly path: string;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  /** Who asks, as the sign-in vouches for it. */
  readonly by: string;
}

/** What the endpoints need. */
export interface ApiDeps {
  readonly services: Services;
  readonly search: SearchPort;
  readonly stage: string;
  /** What a command of `lamplighter` needs to find this deployment: ` --stage prod --region eu-west-1`. */
  readonly place: string;
  readonly now: () => number;
  /** Lets go of answers that are kept for some seconds, so that whoever acted sees it. */
  readonly forget: () => void;
}

export type Endpoint = (request: ApiRequest, deps: ApiDeps) => Promise<unknown>;

/** Reads given parameters by schema. @throws ProblemError 400 that names the first that is wrong. */
export function readInput<Schema extends z.ZodType>(schema: Schema, given: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ProblemError(badRequest(`${issue?.path.join('.') || 'The input'}: ${issue?.message ?? 'is not valid'}.`));
}

/** The body of a POST, by schema. */
export function readBody<Schema extends z.ZodType>(schema: Schema, { body }: ApiRequest): z.infer<Schema> {
  let given: unknown;
  try {
    given = JSON.parse(body);
  } catch {
    throw new ProblemError(badRequest('The body is no JSON.'));
  }
  return readInput(schema, given);
}

/** Which account and region a function is of; where they are not told, the stage's own. */
export const FunctionOf = z.object({
  account: z.string().min(1).max(20).optional(),
  region: z.string().min(1).max(40).optional(),
});

/** The same as the services are asked for it. */
export const scopeOf = ({ account, region }: z.infer<typeof FunctionOf>) => ({
  ...(account !== undefined && { accountId: account }),
  ...(region !== undefined && { region }),
});

/** A page of a list: where it begins, and how long it is at most. */
export const Paging = z.object({
  cursor: z.string().max(4096).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
});

/** An instant, in epoch milliseconds once it is read. */
export const Instant = z.string().transform((text, context) => {
  const at = readInstant(text);
  if (at === undefined) context.addIssue('neither a time in UTC like 2026-01-14T03:40Z nor epoch milliseconds');
  return at ?? z.NEVER;
});
