/** A template's text as CloudFormation keeps it; one that is no JSON, which frameworks do not write, says nothing. */
export function readTemplate(body: string | undefined): unknown {
  try {
    return JSON.parse(body ?? '{}') as unknown;
  } catch {
    return {};
  }
}

/** CloudFormation has no error of its own for a stack that is not there: API reference, GetTemplate. */
export const isNoStack = ({ message }: Error): boolean => /does not exist/.test(message);
