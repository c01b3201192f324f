import { blend } from '../forecast/blend.ts';
import type { Growth } from '../forecast/path.ts';
import { recommendationsFor } from '../recommend/recommendations.ts';
import type { BreachEvent, Resource } from './limit.ts';
import type { LimitChange } from './watched-limit.ts';

/** A change of a limit's outlook as the bus tells it. The id follows from the limit, the resource and when it was first told. */
export function breachEventOf(resource: Resource, found: LimitChange): BreachEvent {
  const { limit, look, change, since, revision, because } = found;
  const { kind, name, value, unit } = limit;
  // A stream is full of bytes or of records: what has several limits of a kind names the one that is meant.
  const isNamedByKind = resource.type === 'lambda-function' || resource.type === 'account';
  const what = isNamedByKind ? resource.name : `${resource.name}/${slug(name)}`;
  const isAhead = change === 'predicted' || change === 'corrected';
  const times = isAhead ? definedTimes(look) : {};
  return {
    breachId: `${kind}/${resource.accountId}/${resource.region}/${what}/${since}`,
    change,
    revision,
    resource,
    limit: { kind, name, value, unit },
    ...times,
    // A month that is over, or a limit that is gone, is hit no more.
    probability: because === undefined ? look.probability : 0,
    horizonMs: look.horizonMs,
    explanation: explain(found),
    recommendations: change === 'withdrawn' ? [] : recommendationsFor(resource, limit, highestAhead(found)),
  };
}

const slug = (name: string): string => name.toLowerCase().replaceAll(' ', '-');

function definedTimes({ expectedAt, earliestAt, latestAt }: LimitChange['look']) {
  return {
    ...(expectedAt !== undefined && { expectedAt }),
    ...(earliestAt !== undefined && { earliestAt }),
    ...(latestAt !== undefined && { latestAt }),
  };
}

/** The upper bound of the coming hour. */
const highestAhead = ({ weighted }: LimitChange): number =>
  weighted.length === 0 ? 0 : Math.max(...blend(weighted, 1).upper);

function explain({ change, limit, look, weighted, because }: LimitChange): string {
  if (because === 'month-over') return `${limit.name}: the month is over; of the new one nothing is told yet.`;
  if (because === 'limit-gone')
    return `${limit.name} of ${number(limit.value)} ${limit.unit}: it is there, or watched, no more.`;
  if (limit.of === 'month-cost' || limit.of === 'stored') return explainSlow({ change, limit, look });
  const now = `${number(look.used * limit.value)} of ${number(limit.value)} ${limit.unit} at ${clock(look.at)}`;
  if (change === 'withdrawn')
    return `${limit.name}: ${now}; the limit is no longer in sight (${percent(look.probability)} within the hour).`;
  if (change === 'happened') return `${limit.name}: ${now}. The limit is reached.`;
  const when = `${clock(look.expectedAt ?? look.at)} (${clock(look.earliestAt ?? look.at)} to ${clock(look.latestAt ?? look.at)})`;
  return `${limit.name}: ${now}. ${evidence(weighted)} The limit is reached at about ${when}, with a probability of ${percent(look.probability)}.`;
}

/** Of what takes days: dates in place of times. */
function explainSlow({ change, limit, look }: Pick<LimitChange, 'change' | 'limit' | 'look'>): string {
  const now = `${number(look.used * limit.value)} of ${number(limit.value)} ${limit.unit} on ${day(look.at)}`;
  if (change === 'withdrawn')
    return `${limit.name}: ${now}; the limit is no longer in sight (${percent(look.probability)}).`;
  if (change === 'happened') return `${limit.name}: ${now}. The limit is reached.`;
  const basis = limit.of === 'month-cost' ? 'If the month goes on as forecast' : 'If it goes on filling as it has';
  return `${limit.name}: ${now}. ${basis}, the limit is reached on about ${day(look.expectedAt ?? look.at)} (${day(look.earliestAt ?? look.at)} at the earliest), with a probability of ${percent(look.probability)}.`;
}

/** What the heaviest of the candidates rests on. */
function evidence(weighted: LimitChange['weighted']): string {
  const heaviest = [...weighted].sort((a, b) => b.weight - a.weight)[0]?.path;
  const growth = weighted.find(({ path }) => path.growth !== undefined)?.path.growth;
  if (heaviest?.name === 'analogue') return 'It climbs as in an earlier surge.';
  if (heaviest?.name === 'recurrence') return 'At this time a surge came before.';
  return growth === undefined || growth.slope <= 0 ? 'The forecast rises.' : grows(growth);
}

const grows = ({ slope, lastedMinutes, slowing }: Growth): string =>
  `It has been growing for ${lastedMinutes} minutes, lately by ${number(slope)} a minute${slowing > 0 ? ' and slowing down' : ''}.`;

const clock = (time: number): string => `${new Date(time).toISOString().slice(11, 16)} UTC`;
const day = (time: number): string => new Date(time).toISOString().slice(0, 10);
const percent = (share: number): string => `${Math.round(100 * share)} %`;
const number = (value: number): string => Number(value.toPrecision(3)).toLocaleString('en-US');
