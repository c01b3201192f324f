import type { AuditQuery, InvocationStory } from '@lamplighter/contracts';
import { ask, askFunctions } from './ask-audit.ts';
import { nearestIds } from './nearest-ids.ts';
import type { AuditSource } from './source/audit-source.ts';

/** What was asked for is not there. */
export interface NotFound {
  readonly kind: 'not-found';
  /** Request ids that are there and look alike. */
  readonly nearest: readonly string[];
  /** How many ids were looked through, where there are more: another may be the one that is meant. */
  readonly lookedThrough?: number;
}

/** The story of a request, by its id or by the beginning of it where only one id of all that are there begins so. */
export async function findStory(
  source: AuditSource,
  requestId: string,
  tell: (progress: string) => void = () => {},
): Promise<{ kind: 'story'; story: InvocationStory } | NotFound> {
  const answer = await askStory(source, requestId);
  if (answer.kind === 'story') return answer;
  const { ids, isWhole } = source.isLocal ? { ids: answer.nearest, isWhole: true } : await newestIds(source, tell);
  const [only, ...others] = ids.filter((id) => id.toLowerCase().startsWith(requestId.toLowerCase()));
  if (isWhole && only !== undefined && others.length === 0) return askStory(source, only);
  const nearest = nearestIds(requestId, ids);
  return { kind: 'not-found', nearest, ...(!isWhole && { lookedThrough: ids.length }) };
}

const askStory = (source: AuditSource, requestId: string) =>
  ask(source, { kind: 'by-request', requestId }, 'story', 'not-found');

/** The most that one question answers. */
const PAGE = 1_000;
/** Each costs a call, of a tenth of a second or so: more is no longer quick. */
const MOST_FUNCTIONS = 40;
const MOST_IDS = 20_000;

/** A deployed audit finds ids as a whole only: the newest of each function, as far as that is quick, and whether they are all. */
async function newestIds(
  source: AuditSource,
  tell: (progress: string) => void,
): Promise<{ readonly ids: readonly string[]; readonly isWhole: boolean }> {
  const ids = new Set<string>();
  let asked = 0;
  let isWhole = true;
  for await (const { functionName, accountId, region } of askFunctions(source)) {
    if (asked === MOST_FUNCTIONS || ids.size >= MOST_IDS) return { ids: [...ids], isWhole: false };
    tell(`looking for ids that begin so: ${asked} functions, ${ids.size} ids`);
    const query: AuditQuery = {
      ...{ kind: 'by-function', functionName, accountId, region, limit: PAGE },
      ...{ newestFirst: true, withoutMessages: true },
    };
    const { invocations } = await ask(source, query, 'invocations');
    for (const { requestId } of invocations) ids.add(requestId);
    asked += 1;
    isWhole &&= invocations.length < PAGE;
  }
  return { ids: [...ids], isWhole };
}
