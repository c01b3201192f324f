import * as z from 'zod';

/** What the page has to know before anybody is signed in. Nothing of it is secret. */
export type SignIn =
  | { readonly kind: 'iam' | 'local' }
  | { readonly kind: 'oidc'; readonly issuer: string; readonly clientId: string; readonly scope: string };

const parameters = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['iam', 'local']) }),
  z.object({ kind: z.literal('oidc'), issuer: z.url(), clientId: z.string().min(1), scope: z.string().min(1) }),
]);

/** Reads it from the stack's output `SignIn`, a JSON text. @throws RangeError where no page could sign anybody in by it. */
export function parseSignIn(output: string): SignIn {
  const { success, data, error } = parameters.safeParse(jsonOf(output));
  if (success) return data;
  const { path, message } = error.issues[0]!;
  throw new RangeError(`the stack's output SignIn: ${path.join('.') || 'JSON'}: ${message}`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
