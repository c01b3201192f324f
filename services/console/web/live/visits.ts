/** A visit of a place: an entry of the browser's history, with what it showed and how far it was scrolled when it was left. */
export interface Visit {
  readonly id: string;
  readonly kept: Map<string, unknown>;
  scrollY: number;
}

/** As many as are gone back through at most; of older ones the place alone is known. */
const MOST_VISITS = 20;

const visits = new Map<string, Visit>();
let current: Visit | undefined;
let count = 0;

/** The visit that the page is at, and whether it was there before. To be called whenever the history moved. */
export function enterVisit(): { readonly visit: Visit; readonly isReturn: boolean } {
  if (current) current.scrollY = scrollY;
  history.scrollRestoration = 'manual';
  const known = visits.get(String(idIn(history.state)));
  current = known ?? begin();
  return { visit: current, isReturn: known !== undefined };
}

/** What the visit that the page is at keeps. */
export const keptHere = (): Map<string, unknown> => (current ?? enterVisit().visit).kept;

function begin(): Visit {
  const visit = { id: `${performance.timeOrigin} ${count++}`, kept: new Map<string, unknown>(), scrollY: 0 };
  history.replaceState({ visit: visit.id }, '');
  visits.set(visit.id, visit);
  const [oldest] = visits.keys();
  if (visits.size > MOST_VISITS && oldest !== undefined) visits.delete(oldest);
  return visit;
}

const idIn = (state: unknown): unknown => (state as { visit?: unknown } | null)?.visit;
