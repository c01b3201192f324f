import type { FindingClass } from '@lamplighter/contracts';
import type { Signal } from '../../findings/rule.ts';
import type { Core } from '../core.ts';
import type { FunctionContext } from '../function-context.ts';
import type { Incident, Suspicion } from '../incident.ts';
import { LATENESS_MS } from '../step.ts';
import { explainersIn, topOf } from './explainers.ts';
import { isForgotten, joinInto, type LivedMinute, rest } from './go-quiet.ts';
import { groupKeyOf } from './group-key.ts';
import { ORDER, type Part, type Signals } from './signals.ts';
import { isReady, suspect, suspicionOf } from './suspect.ts';
import { isMaterial, joinedOf, retell, tell } from './telling.ts';

const MOST_RETOLD = 8;

/** Opens, tells anew and resolves incidents by the signals of a minute. One fault, one incident: what another one explains joins it. */
export function advanceIncidents(
  core: Core,
  minute: LivedMinute,
  signals: Signals,
  context: FunctionContext,
): Pick<Core, 'incidents' | 'suspicions'> {
  const { start } = minute;
  const suspicions = suspect(core, start, signals);
  const open = core.incidents.filter(({ resolvedAt }) => resolvedAt === undefined);
  const ready = suspicions.filter((each) => isReady(each) && !open.some((incident) => incident.class === each.class));
  const active = new Set<FindingClass>([...open, ...ready].map((each) => each.class));
  const explain = explainersIn(core, start, { open, active, signals });
  const over = core.incidents.filter((each) => each.resolvedAt !== undefined);
  const next: Incident[] = over.filter((each) => !isForgotten(each, start, over));
  for (const type of ORDER.filter((each) => active.has(each) && explain(each) === undefined)) {
    const known = open.find((incident) => incident.class === type);
    const signal = signals.get(type);
    const parts = [...signals].filter(([part]) => part !== type && topOf(part, explain) === type);
    if (known !== undefined) next.push(goOn(known, signal, parts, start) ?? rest(known, { ...minute, core }, context));
    else if (signal !== undefined)
      next.push(openOne(core, suspicionOf(suspicions, type), signal, parts, [...open, ...next], context));
  }
  for (const known of open) {
    const into = topOf(known.class, explain);
    if (into !== known.class) next.push(joinInto(known, into, start));
  }
  const stillSuspect = suspicions.filter((each) => !active.has(each.class));
  return { incidents: next, suspicions: stillSuspect };
}

function openOne(
  core: Core,
  { class: type, firstAt, lastAt }: Suspicion,
  signal: Signal,
  parts: readonly Part[],
  neighbours: readonly Incident[],
  context: FunctionContext,
): Incident {
  const base = core.tail.find(([at]) => at >= firstAt - LATENESS_MS)?.[1] ?? core.total;
  const joined = joinedOf({}, parts);
  return {
    class: type,
    openedAt: firstAt,
    lastBadAt: lastAt,
    shownAt: lastAt,
    quietCalls: 0,
    groupKey: groupKeyOf({ class: type, openedAt: firstAt, cause: signal.cause }, neighbours, context),
    ...(signal.cause === undefined ? {} : { cause: signal.cause }),
    ...(signal.isDealtWith === undefined ? {} : { isDealtWith: signal.isDealtWith }),
    told: tell(signal, parts, lastAt),
    retold: 0,
    joined,
    revisionBase: base,
  };
}

/** The incident with what a minute shows of it; undefined where it shows nothing. */
function goOn(
  known: Incident,
  signal: Signal | undefined,
  parts: readonly Part[],
  start: number,
): Incident | undefined {
  if (signal === undefined && parts.length === 0) return undefined;
  const { firstQuietAt: _over, isDealtWith, ...bad } = known;
  const endsWell = isDealtWith === true && (signal === undefined || signal.isDealtWith === true);
  const joined = joinedOf(known.joined, parts);
  const shown = signal === undefined ? {} : { shownAt: start };
  const fresh: Incident = {
    ...bad,
    ...shown,
    ...(endsWell ? { isDealtWith } : {}),
    lastBadAt: start,
    quietCalls: 0,
    joined,
  };
  if (!isMaterial(known, signal, parts) || known.retold >= MOST_RETOLD) return fresh;
  const told = signal === undefined ? retell(known.told, parts, start) : tell(signal, parts, start, known.told);
  return { ...fresh, told, retold: known.retold + 1 };
}
