import * as z from 'zod';

const PolicyDocument = z.object({ DestinationArn: z.string() });

/** Where subscription policies of an account lead; a document that is none leads nowhere. */
export function destinationsOf(documents: readonly (string | undefined)[]): readonly string[] {
  return documents.flatMap((document) => {
    const parsed = PolicyDocument.safeParse(parseJson(document ?? ''));
    return parsed.success ? [parsed.data.DestinationArn] : [];
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
