import { escapeText } from '../terminal/escape-text.ts';
import { wrapWords } from '../terminal/fit-row.ts';
import type { Paint } from '../terminal/paint.ts';
import { ANY_PLAYBOOK, type FindingNote, NOT_IN_TWIN, type RepairOutcome } from './agents/agent-diary.ts';
import type { Incident, Incidents } from './incidents-of.ts';

const INDENT = '  ';

/** What a verdict means for whoever reads it. */
const OUTCOMES: Readonly<Record<RepairOutcome, string>> = {
  'on trial': 'not judged before the end',
  kept: 'it helped, and stayed',
  undone: 'it did not help, and was undone',
  over: 'it helped, and was taken back when its time was over',
};

/** What the agents made of each fault: what they found, what they did, or why they did nothing. */
export function renderIncidents({ incidents, others }: Incidents, look: { paint: Paint; columns: number }): string[] {
  const { paint } = look;
  const rest = others.length === 0 ? [] : [paint('bold', 'found besides, of none of these'), ...notes(others, look)];
  return [
    paint('bold', 'what the agents made of each fault, by what they could see of it'),
    ...incidents.flatMap((incident) => incidentLines(incident, look)),
    ...rest,
    '',
  ];
}

function incidentLines({ fault, found, felt }: Incident, look: { paint: Paint; columns: number }): readonly string[] {
  const head = escapeText(`${fault.kind} at ${fault.target}, ${timeOf(fault.onset)} to ${timeOf(fault.end)}`);
  if (found.length > 0) return [head, ...notes(found, look)];
  const why = felt.length === 0 ? 'no function feels it' : `nothing was unusual about ${felt.join(' and ')}`;
  return [head, ...wrapped(`never found: ${why}`, look.columns)];
}

const notes = (found: readonly FindingNote[], look: { columns: number }): readonly string[] =>
  found.flatMap((note) => noteLines(note).flatMap((text) => wrapped(text, look.columns)));

function noteLines({ finding, seenAt, endedAt, repairs, withheld }: FindingNote): readonly string[] {
  const until = endedAt === undefined ? 'open to the end' : `over at ${timeOf(endedAt)}`;
  const did = repairs.map(
    ({ at, playbook, title, outcome }) => `${timeOf(at)}  ${playbook}: ${title}; ${OUTCOMES[outcome]}`,
  );
  return [
    `${timeOf(seenAt)}  found ${finding.class} of ${finding.resource}, ${until}`,
    ...did,
    ...whyNot(withheld, did.length > 0),
  ];
}

/** What is said of all playbooks together matters where no certain one says something, and what the twin lacks where nothing else does. */
function whyNot(withheld: FindingNote['withheld'], hasDone: boolean): readonly string[] {
  const { [ANY_PLAYBOOK]: any, ...byPlaybook } = withheld;
  const all = Object.entries(byPlaybook);
  const told = all.filter(([, reason]) => reason !== NOT_IN_TWIN);
  const reasons = (told.length > 0 || hasDone ? told : all).map(([playbook, reason]) => `${playbook}: ${reason}`);
  if (hasDone) return reasons.map((reason) => `       not done  ${reason}`);
  const why = reasons.length > 0 ? reasons : [any ?? 'it was over before anything was decided'];
  return why.map((reason) => `       nothing done  ${reason}`);
}

/** Of a line that goes on, the beginning stays under its words. */
const wrapped = (text: string, columns: number): readonly string[] =>
  wrapWords(escapeText(text), columns - 4).map((line, at) => `${INDENT}${at === 0 ? '' : '         '}${line}`);

/** `10:01`; the report above names the days. */
const timeOf = (epochMs: number): string => new Date(epochMs).toISOString().slice(11, 16);
