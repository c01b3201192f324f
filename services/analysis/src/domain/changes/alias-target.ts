import * as z from 'zod';

/** What a call of `UpdateAlias` asks for, and what is answered: https://docs.aws.amazon.com/lambda/latest/api/API_UpdateAlias.html */
const Alias = z.object({
  functionVersion: z.string().optional().catch(undefined),
  routingConfig: z
    .object({ additionalVersionWeights: z.record(z.string(), z.number()).nullish() })
    .nullish()
    .catch(undefined),
});
type Members = Readonly<Record<string, unknown>>;

/** A version that an alias sends a part of its calls to, above 0 to 1. */
interface Weighted {
  readonly version: string;
  readonly weight: number;
}

/** Where an alias sends calls since a call: the version that it points to, where that is told, and the one that gets a part of them, as a canary does. */
export function aliasTarget(
  asked: Members,
  answered: Members,
): { readonly version?: string; readonly part?: Weighted } {
  const [question, answer] = [Alias.parse(asked), Alias.parse(answered)];
  const version = question.functionVersion ?? answer.functionVersion;
  // A call that does not name the routing leaves it as it was, which is answered.
  const { additionalVersionWeights } = answer.routingConfig ?? question.routingConfig ?? {};
  const part = Object.entries(additionalVersionWeights ?? {})
    .map(([name, weight]) => ({ version: name, weight }))
    .find(({ weight }) => weight > 0);
  return { ...(version !== undefined && { version }), ...(part && { part }) };
}

/** `10 % to version 8` */
export const sayPart = ({ version, weight }: Weighted): string =>
  `${Number((weight * 100).toFixed(2))} % to version ${version}`;
