import type { FindingClass } from '@lamplighter/contracts';
import { ADVICE } from '../../findings/rules.ts';
import type { FunctionContext } from '../function-context.ts';
import type { Incident } from '../incident.ts';
import { MINUTE_MS } from '../step.ts';

/** An incident that is about to open; its cause where that is known. */
interface Opening {
  readonly class: FindingClass;
  readonly openedAt: number;
  readonly cause: string | undefined;
}

const TOGETHER_MS = 15 * MINUTE_MS;

/**
 * The group that an incident opens in: that of what else is wrong with the function, or was until a quarter of an hour before, unless the two are known to have
 * differing causes. Advice is nobody's symptom, and has none: it may be open for weeks, and what breaks meanwhile is new.
 */
export function groupKeyOf(opening: Opening, neighbours: readonly Incident[], context: FunctionContext): string {
  const { class: type, openedAt, cause } = opening;
  const place = `${context.accountId}/${context.region}`;
  if (cause?.startsWith('dependency/')) return `${cause}/${place}/${openedAt}`;
  const hasOtherCause = ({ groupKey }: Incident): boolean =>
    cause !== undefined &&
    neighbours.some((each) => each.groupKey === groupKey && each.cause !== undefined && each.cause !== cause);
  const near = neighbours
    .filter(({ resolvedAt }) => resolvedAt === undefined || openedAt - resolvedAt <= TOGETHER_MS)
    .find((each) => ADVICE.has(each.class) === ADVICE.has(type) && !hasOtherCause(each));
  return (
    near?.groupKey ?? `${cause === undefined ? '' : `${cause}/`}function/${place}/${context.functionName}/${openedAt}`
  );
}
