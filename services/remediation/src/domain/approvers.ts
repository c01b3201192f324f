import * as z from 'zod';

const Spelling = z.string().min(1).max(200);

/**
 * Who may approve. `name` is the person's in the alerting policy: links are addressed by it. `signIns` are the spellings by which the console
 * knows the same person: verified e-mail address or subject (`sub:…`) of a token, ARN of a signed request. A name alone approves by links and from the
 * command line, not through a console that knows its people by other spellings.
 */
const Approver = z.union([
  Spelling.transform((name) => ({ name, signIns: [] as string[] })),
  z.strictObject({ name: Spelling, signIns: z.array(Spelling).default([]) }),
]);
export type Approver = z.infer<typeof Approver>;

/** Approvers of whom no two share a spelling: else one person would be two, or two one. */
export const Approvers = z.array(Approver).superRefine((approvers, context) => {
  const seen = new Set<string>();
  for (const spelling of approvers.flatMap(spellingsOf)) {
    if (seen.has(spelling))
      context.addIssue({ code: 'custom', message: `${spelling} stands there twice: one person, one entry` });
    seen.add(spelling);
  }
});

/** The one name of whoever is spelled so; undefined where nobody is. */
export const nameOf = (approvers: readonly Approver[], spelling: string): string | undefined =>
  approvers.find((approver) => spellingsOf(approver).includes(spelling))?.name;

/** A person's name may be a sign-in of theirs too: that is one spelling. */
const spellingsOf = ({ name, signIns }: Approver): string[] => [
  ...new Set([name, ...signIns, ...signIns.filter(isSubject).map((subject) => `sub:${subject}`)]),
];

/** A subject may be written without its `sub:`. Who chooses theirs could choose an address or an ARN: those are none. */
const isSubject = (signIn: string): boolean => !/@|^(arn|sub):/.test(signIn);
