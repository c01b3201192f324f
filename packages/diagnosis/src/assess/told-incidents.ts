import type { Incident } from './incident.ts';
import { isForgotten } from './life-cycle/go-quiet.ts';

/** How an incident was told first. Late figures may show another onset of it: its finding keeps its id, its group and the zero of its revisions. */
export type Identity = Required<Pick<Incident, 'class' | 'openedAt' | 'toldAs' | 'groupKey' | 'revisionBase'>>;

/** Incidents under the names by which they were told. */
export interface ToldIncidents {
  readonly incidents: readonly Incident[];
  /** Of those that the fold would name otherwise. */
  readonly identities: readonly Identity[];
  /** What was told before and is no more. */
  readonly lost: readonly Incident[];
}

/** The incidents of a fold under the names by which they were told. */
export function asTold(incidents: readonly Incident[], identities: readonly Identity[] = []): Incident[] {
  return incidents.map((incident) => ({ ...incident, ...identities.find((each) => isSame(each, incident)) }));
}

/**
 * The incidents of a fold that late figures may have changed, under the names by which they were told before. The same class and onset is the same incident;
 * one that is gone goes on in a new one of its class where their times overlap. So a corrected first minute moves a finding's onset, and opens none beside it.
 */
export function followIncidents(told: readonly Incident[], fold: readonly Incident[], newest: number): ToldIncidents {
  const before = told.filter((each) => !isForgotten(each, newest, fold));
  const lost = new Set(before.filter((one) => !fold.some((each) => isSame(one, each))));
  const named = new Map<Incident, Incident>();
  for (const each of [...fold].sort((a, b) => a.openedAt - b.openedAt)) {
    const one =
      before.find((known) => isSame(known, each)) ??
      [...lost].find((known) => known.class === each.class && coincide(known, each));
    if (one !== undefined) lost.delete(one);
    const name = one === undefined ? newName(each, named, before) : nameOf(one);
    named.set(each, { ...each, ...name });
  }
  const identities = fold.flatMap((each) => {
    const { toldAs, groupKey, revisionBase } = nameOf(named.get(each) as Incident);
    const isItsOwn = toldAs === each.openedAt && groupKey === each.groupKey && revisionBase === each.revisionBase;
    return isItsOwn ? [] : [{ class: each.class, openedAt: each.openedAt, toldAs, groupKey, revisionBase }];
  });
  return { incidents: asTold(fold, identities), identities, lost: [...lost] };
}

/** Whether two incidents had a minute in common; what is open has no end. */
export const coincide = (one: Incident, other: Incident): boolean =>
  one.openedAt <= endOf(other) && other.openedAt <= endOf(one);

const endOf = ({ resolvedAt }: Incident): number => resolvedAt ?? Number.POSITIVE_INFINITY;

type Key = Pick<Incident, 'class' | 'openedAt'>;
const isSame = (one: Key, other: Key): boolean => one.class === other.class && one.openedAt === other.openedAt;

type Name = Omit<Identity, keyof Key>;
const nameOf = ({ openedAt, toldAs = openedAt, groupKey, revisionBase }: Incident): Name => ({
  toldAs,
  groupKey,
  revisionBase,
});

/** Its own, unless another of its class was told by that onset; the group under the name by which the group was told. */
function newName(incident: Incident, named: ReadonlyMap<Incident, Incident>, before: readonly Incident[]): Name {
  const taken = new Set(
    [...before, ...named.values()].filter((each) => each.class === incident.class).map((each) => nameOf(each).toldAs),
  );
  let toldAs = incident.openedAt;
  while (taken.has(toldAs)) toldAs += 1;
  const neighbour = [...named].find(([fold]) => fold.groupKey === incident.groupKey)?.[1];
  return { ...nameOf(neighbour === undefined ? incident : { ...incident, groupKey: neighbour.groupKey }), toldAs };
}
