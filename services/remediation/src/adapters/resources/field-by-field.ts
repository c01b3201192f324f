import { type Change, resourceKeyOf } from '@lamplighter/remedies';
import { NothingChanged } from '../../domain/nothing-changed.ts';
import { inOneCall } from './in-one-call.ts';
import type { ChangeHands } from './resources.ts';

/** How a kind is read and written whose changes set fields, in one call. */
export interface FieldHands<C extends Change> {
  /** The fields that the change sets, as they are now. */
  read(change: C): Promise<C>;
  write(change: C): Promise<void>;
}

export interface FieldRules<C extends Change> {
  /** What a change of this kind may set. */
  readonly fields: readonly (keyof C & string)[];
  /** They are written together: what is the owner's is written as it is. Otherwise it is left out. */
  readonly isBlock?: true;
  /** They are one decision: who changed one of them since has taken over all of them. */
  readonly isOne?: true;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Hands that overwrite nobody. A change is made where its fields are what it was planned from (or what it makes of them, when it comes again), and undoing puts
 * back all but those that are neither what it made of them nor what they were: these their owner has set.
 */
export function fieldByField<C extends Change>(hands: FieldHands<C>, rules: FieldRules<C>): ChangeHands<C> {
  const readNow = async (change: C): Promise<C> => {
    const { from: _, ...now } = (await hands.read(change)) as C & { from?: unknown };
    return now as unknown as C;
  };
  return {
    async read(change) {
      const now = await readNow(change);
      assertPlannedFrom(change, now);
      return now;
    },
    async write(change) {
      const now = await readNow(change);
      assertPlannedFrom(change, now);
      const isMade = setBy(change, rules).every((field) => of(now, field) === of(change, field));
      if (isMade) return;
      await inOneCall(() => hands.write(change));
    },
    async undo(change, restore) {
      const now = await readNow(change);
      const set = setBy(change, rules);
      const theirs = set.filter((field) => ![of(change, field), of(restore, field)].includes(of(now, field)));
      const isAllTheirs = theirs.length === set.length || (rules.isOne && theirs.length > 0);
      // Also what looks as it was: AWS may still be about to make the change.
      if (!isAllTheirs) await hands.write(withTheirs({ now, restore }, theirs, rules));
      return theirs.map((field) => {
        const [is, made] = [of(now, field), of(change, field)].map((value) => JSON.stringify(value));
        return `${field} of ${resourceKeyOf(change)} is ${is} by now, not the ${made} that was set: somebody changed it since, and it was left.`;
      });
    },
  };
}

const of = (one: object, field: string): unknown => (one as Fields)[field];

const setBy = <C extends Change>(change: C, { fields }: FieldRules<C>): string[] =>
  fields.filter((field) => of(change, field) !== undefined);

/** @throws NothingChanged where a field is neither what the change was planned from nor what it sets. */
function assertPlannedFrom(change: Change, now: Change): void {
  const { from = {} } = change as { readonly from?: Fields };
  const theirs = Object.keys(from).find(
    (field) => of(now, field) !== from[field] && of(now, field) !== of(change, field),
  );
  if (theirs === undefined) return;
  const [is, was] = [of(now, theirs), from[theirs]].map((value) => JSON.stringify(value));
  throw new NothingChanged(
    `${theirs} of ${resourceKeyOf(change)} is ${is} by now, not the ${was} that this was planned from: somebody changed it. It is left alone; if that does not help, the next finding is repaired from there.`,
  );
}

function withTheirs<C extends Change>(
  { now, restore }: { readonly now: C; readonly restore: C },
  theirs: readonly string[],
  { isBlock }: FieldRules<C>,
): C {
  const kept = Object.entries(restore).filter(([field]) => !theirs.includes(field));
  const owners = isBlock ? theirs.map((field) => [field, of(now, field)] as const) : [];
  return Object.fromEntries([...kept, ...owners]) as unknown as C;
}
