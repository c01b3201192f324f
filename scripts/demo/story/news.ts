import type { Finding, Remediation } from '../../../packages/contracts/src/index.ts';
import type { House } from '../house/house.ts';
import type { Page } from '../house/pager.ts';
import type { Told } from './told.ts';

/** Tells what the agents found, did and told since it was asked last. */
export function newsOf(house: House, pages: readonly Page[]): () => Promise<readonly Told[]> {
  const findings = new Map<string, string>();
  const repairs = new Map<string, string>();
  let told = 0;
  return async () => {
    const at = house.clock.now();
    const found = await house.findings({ kind: 'recent', limit: 20 });
    const repaired = await house.remediations({ kind: 'recent', limit: 20 });
    const repairsNow = repaired.kind === 'remediations' ? repaired.remediations : [];
    const plannedAt = new Map(repairsNow.map((repair) => [repair.findingId, repair.plannedAt]));
    const news: Told[] = [
      ...(found.kind === 'findings' ? found.findings : [])
        .toReversed()
        .filter(({ findingId, state }) => isNews(findings, findingId, state))
        .map((finding): Told => ({ at: knownAt(finding, plannedAt, at), kind: 'finding', finding })),
      ...repairsNow
        .toReversed()
        .filter(({ remediationId, state }) => isNews(repairs, remediationId, state))
        .map((repair): Told => ({ at: doneAt(repair) ?? at, kind: 'repair', repair })),
    ];
    news.push(...pages.slice(told).map((page): Told => ({ at: page.at, kind: 'page', page })));
    told = pages.length;
    return news.sort((a, b) => a.at - b.at);
  };
}

/** Whoever planned its repair knew of it before the story asked. */
const knownAt = (
  { findingId, state }: Finding,
  plannedAt: ReadonlyMap<string | undefined, number>,
  at: number,
): number => (state === 'open' ? Math.min(at, plannedAt.get(findingId) ?? at) : at);

/** By the agents' own clock, on which their work takes its time while the story's stands: the report tells the same. */
const doneAt = ({ state, appliedAt, endedAt }: Remediation): number | undefined =>
  state === 'verifying' ? appliedAt : endedAt;

function isNews(known: Map<string, string>, id: string, state: string): boolean {
  if (known.get(id) === state) return false;
  known.set(id, state);
  return true;
}
