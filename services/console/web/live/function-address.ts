import { writeInstant } from '../../src/domain/instant.ts';
import { linkTo } from './route.ts';

interface OneFunction {
  readonly functionName: string;
  readonly accountId?: string | undefined;
  readonly region?: string | undefined;
}

/** A time of a function's page: so many hours until an instant (epoch milliseconds), or until now where there is none. */
export interface ShownTime {
  readonly hours?: number;
  readonly until?: number | undefined;
}

/** The page of a function: its name alone may be another's in another account or region. */
export const functionAddress = (
  { functionName, accountId, region }: OneFunction,
  { hours = 1, until }: ShownTime = {},
): string =>
  linkTo('function', {
    name: functionName,
    ...(accountId !== undefined && { account: accountId }),
    ...(region !== undefined && { region }),
    ...(hours !== 1 && { hours: String(hours) }),
    ...(until !== undefined && { until: writeInstant(until) }),
  });

/** The same of a resource that is a function. */
export const resourceAddress = (
  { name, ...of }: Omit<OneFunction, 'functionName'> & { readonly name: string },
  time?: ShownTime,
): string => functionAddress({ functionName: name, ...of }, time);

/** The function that an address names. */
export const functionIn = (params: URLSearchParams): OneFunction => ({
  functionName: params.get('name') ?? '',
  ...(params.has('account') && { accountId: params.get('account') ?? '' }),
  ...(params.has('region') && { region: params.get('region') ?? '' }),
});

/** The same as parameters of the API. */
export const functionQuery = ({ functionName, accountId, region }: OneFunction): string =>
  new URLSearchParams({
    name: functionName,
    ...(accountId !== undefined && { account: accountId }),
    ...(region !== undefined && { region }),
  })
    .toString()
    .replaceAll('+', '%20');
