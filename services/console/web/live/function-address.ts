import { linkTo } from './route.ts';

interface OneFunction {
  readonly functionName: string;
  readonly accountId?: string | undefined;
  readonly region?: string | undefined;
}

/** The page of a function: its name alone may be another's in another account or region. */
export const functionAddress = ({ functionName, accountId, region }: OneFunction): string =>
  linkTo('function', {
    name: functionName,
    ...(accountId !== undefined && { account: accountId }),
    ...(region !== undefined && { region }),
  });

/** The same of a resource that is a function. */
export const resourceAddress = ({ name, ...of }: Omit<OneFunction, 'functionName'> & { readonly name: string }) =>
  functionAddress({ functionName: name, ...of });
