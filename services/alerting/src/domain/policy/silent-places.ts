import { localTime } from '../rota/on-call.ts';
import { addressesOf } from '../rota/recipients.ts';
import type { PolicyProblem } from './dangling-names.ts';
import type { AlertingPolicy, Step } from './policy.ts';

/** One transaction of DynamoDB takes 100 rows: the alert, its group, ten members of one batch, and these. */
export const MOST_RECIPIENTS = 80;

/** Where a policy whose names are right would leave an alert unheard, say it twice in one place, or reach more people than one alert can. */
export function silentPlaces(policy: AlertingPolicy): PolicyProblem[] {
  return [
    ...unreachablePeople(policy),
    ...sharedConversations(policy),
    ...endlessQuiet(policy),
    ...standInsOfNoTime(policy),
    ...ownStandIns(policy),
    ...silencesOfNoTime(policy),
    ...tooMany(policy),
  ];
}

function unreachablePeople(policy: AlertingPolicy): PolicyProblem[] {
  return Object.entries(policy.escalation).flatMap(([severity, steps]) =>
    steps.flatMap((step, at) =>
      everybodyIn(policy, step)
        .filter((person) => step.through.every((channel) => addressesOf(policy, channel, [person]).length === 0))
        .map((person) => ({
          path: ['escalation', severity, at],
          message: `${person} has no address on ${step.through.join(', ')}, so this step could tell nobody`,
        })),
    ),
  );
}

/** Everybody whom the step may come to mean, whoever is on call. */
function everybodyIn({ people, rotas }: AlertingPolicy, { to }: Step): string[] {
  return to.flatMap((target) => {
    // With nobody in the policy the word itself has no address.
    if (target === 'everybody') return Object.keys(people).length > 0 ? Object.keys(people) : [target];
    const [kind, name] = target.split(':') as [string, string];
    const rota = kind === 'rota' ? rotas[name] : undefined;
    return rota ? [...rota.people, ...rota.overrides.map(({ person }) => person)] : [name];
  });
}

function sharedConversations({ channels }: AlertingPolicy): PolicyProblem[] {
  const seen = new Map<string, string>();
  return Object.entries(channels).flatMap(([name, channel]) => {
    if (channel.type !== 'slack') return [];
    const other = seen.get(channel.conversation);
    seen.set(channel.conversation, name);
    if (other === undefined) return [];
    return [
      {
        path: ['channels', name],
        message: `${other} posts to the same conversation; one alert would stand there twice`,
      },
    ];
  });
}

function endlessQuiet({ quietHours }: AlertingPolicy): PolicyProblem[] {
  const isWholeDay = quietHours?.from === quietHours?.until;
  if (quietHours === undefined || !isWholeDay || new Set(quietHours.weekdays).size < 7) return [];
  return [{ path: ['quietHours'], message: 'quiet hours that never end would hold alerts back for ever' }];
}

/** A stand-in whose time ends before it begins would never be on call, and nobody would notice until then. */
function standInsOfNoTime({ rotas }: AlertingPolicy): PolicyProblem[] {
  return Object.entries(rotas).flatMap(([rota, { overrides, zone }]) =>
    overrides.flatMap(({ person, from, until }, at) => {
      if (localTime(from, zone) < localTime(until, zone)) return [];
      const message = `${person} would stand in from ${from} until ${until}, which is no time`;
      return [{ path: ['rotas', rota, 'overrides', at], message }];
    }),
  );
}

function ownStandIns({ fallbacks }: AlertingPolicy): PolicyProblem[] {
  return Object.entries(fallbacks)
    .filter(([channel, others]) => others.includes(channel))
    .map(([channel]) => ({ path: ['fallbacks', channel], message: `${channel} cannot stand in for itself` }));
}

/** None lasts longer: what is broken for good has its alert closed, or its alarm mended. */
const LONGEST_SILENCE_MS = 31 * 86_400_000;

function silencesOfNoTime({ silences }: AlertingPolicy): PolicyProblem[] {
  return silences.flatMap(({ about, zone, from, until }, at) => {
    const ms = localTime(until, zone) - localTime(from, zone);
    if (ms > 0 && ms <= LONGEST_SILENCE_MS) return [];
    const why = ms > 0 ? 'more than 31 days' : 'no time';
    return [
      { path: ['silences', at], message: `${about} would be silent from ${from} until ${until}, which is ${why}` },
    ];
  });
}

function tooMany(policy: AlertingPolicy): PolicyProblem[] {
  const people = Object.keys(policy.people);
  const all = Object.keys(policy.channels).flatMap((channel) => addressesOf(policy, channel, people));
  if (all.length <= MOST_RECIPIENTS) return [];
  const message = `it reaches ${all.length} recipients, an alert can reach ${MOST_RECIPIENTS}; give a larger circle a shared channel or a webhook`;
  return [{ path: ['people'], message }];
}
