import { ApiError } from '../../core/service.ts';
import type { TraceSummary } from './trace-summary.ts';

type Test = (summary: TraceSummary) => boolean;

const FLAGS: Readonly<Record<string, Test>> = {
  ok: ({ HasError, HasFault, HasThrottle }) => !HasError && !HasFault && !HasThrottle,
  error: ({ HasError }) => HasError,
  fault: ({ HasFault }) => HasFault,
  throttle: ({ HasThrottle }) => HasThrottle,
  partial: ({ IsPartial }) => IsPartial,
};

const COMPARE: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  '=': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
};

/**
 * Reads a filter expression: `ok`, `error`, `fault`, `throttle`, `partial`, `!fault`, `responsetime > 1`, `duration`, `http.status`,
 * `service("name")` and `annotation.key = "value"`, joined by `AND`. Anything else of X-Ray's language is an error that names it.
 * Source: X-Ray Developer Guide, "Use filter expressions".
 */
export function parseFilter(expression: string): Test {
  const tests = expression.split(/\s+(?:AND|&&)\s+/i).map((term) => parseTerm(term.trim()));
  return (summary) => tests.every((test) => test(summary));
}

function parseTerm(term: string): Test {
  const test = flag(term) ?? numeric(term) ?? named(term);
  if (test) return test;
  throw new ApiError('InvalidRequestException', `The sandbox does not emulate the filter expression ${term}.`);
}

function flag(term: string): Test | undefined {
  const [, not, name = ''] = /^(!?)\s*(\w+)$/.exec(term) ?? [];
  const test = FLAGS[name.toLowerCase()];
  return test && (not ? (summary) => !test(summary) : test);
}

function numeric(term: string): Test | undefined {
  const [, name, operator = '', number] =
    /^(responsetime|duration|http\.status)\s*(!=|>=|<=|=|>|<)\s*([\d.]+)$/i.exec(term) ?? [];
  const compare = COMPARE[operator];
  if (!name || !compare) return undefined;
  return ({ ResponseTime, Duration, Http }) => {
    const value = { responsetime: ResponseTime, duration: Duration, 'http.status': Http.HttpStatus as number }[
      name.toLowerCase()
    ];
    return value !== undefined && compare(value, Number(number));
  };
}

function named(term: string): Test | undefined {
  const service = /^service\(\s*"([^"]+)"\s*\)$/i.exec(term)?.[1];
  if (service !== undefined) return ({ ServiceIds }) => ServiceIds.some(({ Name }) => Name === service);
  const [, key, value] = /^annotation(?:\.([\w]+)|\[[^\]]*\])\s*=\s*"?([^"]*)"?$/i.exec(term) ?? [];
  if (key === undefined) return undefined;
  return ({ Annotations }) =>
    (Annotations[key] ?? []).some((one) =>
      Object.values((one as { readonly AnnotationValue: object }).AnnotationValue).some(
        (held) => String(held) === value,
      ),
    );
}
