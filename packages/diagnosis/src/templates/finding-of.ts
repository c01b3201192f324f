import type { Evidence, Finding } from '@lamplighter/contracts';
import type { Core } from '../assess/core.ts';
import type { FunctionContext } from '../assess/function-context.ts';
import type { Incident } from '../assess/incident.ts';
import { lookAtOf } from './look-at.ts';
import { visibleText } from './visible-text.ts';

const MOST_EVIDENCE = 10;

/** The finding that tells of an incident. Its revision is the news that the function had since: more news, a higher revision, in whatever order they came. */
export function findingOf(incident: Incident, core: Core, context: FunctionContext): Finding {
  const { told, openedAt, toldAs = openedAt, lastBadAt } = incident;
  const name = visibleText(context.functionName);
  const evidence = distinct([...told.evidence, ...Object.values(incident.joined)]).slice(0, MOST_EVIDENCE);
  const isOver = incident.resolvedAt !== undefined;
  return {
    findingId: `${incident.class}/${context.accountId}/${context.region}/${context.functionName}/${toldAs}`,
    class: incident.class,
    severity: told.severity,
    resource: {
      accountId: context.accountId,
      region: context.region,
      type: 'lambda-function',
      name: context.functionName,
      ...versionOf(incident),
    },
    state: isOver ? 'resolved' : 'open',
    revision: Math.max(0, core.total - incident.revisionBase),
    openedAt,
    updatedAt: isOver ? Math.max(lastBadAt, told.toldAt) : told.toldAt,
    ...(isOver ? { resolvedAt: incident.resolvedAt } : {}),
    title: `${name} ${told.title}`,
    explanation: `${told.explanation}${ending(incident)}`,
    evidence,
    causes: told.causes.map((cause) => ({ ...cause, evidence: [...cause.evidence] })),
    groupKey: incident.groupKey,
    confidence: told.confidence,
    lookAt: [...told.lookAt, ...lookAtOf(incident.class, context.functionName, openedAt, lastBadAt, evidence)],
  };
}

/** What joined a finding may say what it says itself: each sentence once. */
const distinct = (evidence: readonly Evidence[]): Evidence[] =>
  [...new Map(evidence.map((each) => [each.text, each])).values()].map((each) => ({ ...each }));

/** A published version, where the finding is about one. */
function versionOf({ cause }: Incident): { version?: string } {
  const version = /^deploy\/(\d+)$/.exec(cause ?? '')?.[1];
  return version === undefined ? {} : { version };
}

function ending({ class: type, resolvedAt, joinedInto, lastBadAt, silentMinutes }: Incident): string {
  if (joinedInto !== undefined) return ` It turned out to be part of a finding of class ${joinedInto}.`;
  if (resolvedAt === undefined) return '';
  const lastBad = `the last bad minute was ${new Date(lastBadAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  if (silentMinutes === undefined) return ` It is over: ${lastBad}.`;
  return type === 'traffic-drop'
    ? ` No call has come for ${silentMinutes} minutes: from here on it counts as one that is not called any more, and its silence is told no longer.`
    : ` No call has come since: whether it works again is not known; ${lastBad}.`;
}
