import type { FindingClass, RankedCause } from '@lamplighter/contracts';
import type { SizeRecord } from '../../assess/core.ts';
import { sayDifference, sayValue } from '../../templates/say-difference.ts';
import type { Fact } from '../../windows/fact.ts';
import type { Judgement, Signal } from '../rule.ts';
import { clock, counted } from '../words.ts';
import { isProven } from './proven-version.ts';

const MINUTE_MS = 60_000;
/** What was changed longer ago is told in the list of changes alone: facts are kept for as long. */
const CHANGED_MS = 30 * MINUTE_MS;
/** A version that did well for so long is not what broke. */
const RELEASED_MS = 10 * MINUTE_MS;
/** A minute's calls begin before the change that is noted within it. */
const SAME_MINUTE_MS = MINUTE_MS;

/** What a changed setting or new code may bring about. Traffic that comes or stops, a message and an alarm are made elsewhere. */
const BY_CHANGES: ReadonlySet<FindingClass> = new Set([
  'error-burst',
  'timeouts',
  'out-of-memory',
  'init-failures',
  'throttling',
  'connection-pressure',
  'slow-down',
  'cold-starts',
  'timeout-risk',
  'out-of-memory-risk',
  'throttling-ahead',
  'cost-anomaly',
  'recursive-loop',
  'iterator-age',
]);
/** Of these settings what each may bring about; what is not named may bring about anything. */
const BY_SETTING: Readonly<Partial<Record<string, readonly FindingClass[]>>> = {
  timeout: ['timeouts', 'timeout-risk', 'error-burst'],
  reservedConcurrentExecutions: ['throttling', 'throttling-ahead', 'iterator-age', 'connection-pressure'],
  ephemeralStorage: ['error-burst', 'cost-anomaly'],
  // cost-anomaly.ts tells it itself.
  memorySize: [...BY_CHANGES].filter((type) => type !== 'cost-anomaly'),
};

/**
 * A signal with what was changed shortly before it began, behind the causes that are measured: a setting of the last half hour, or a version of the last ten minutes that has all calls since. That one came
 * before the other is all that is said; where calls of an old version go on beside the new one, both are compared (bad-deploy.ts), and nothing is said here.
 */
export function withRecentChange(type: FindingClass, signal: Signal, judgement: Judgement): Signal {
  if (!BY_CHANGES.has(type)) return signal;
  const { since = judgement.since } = signal;
  const changes = [...settingsBefore(type, since, judgement), ...releaseBefore(since, judgement)];
  const known = new Set((signal.causes ?? []).map(({ name }) => name));
  const added = changes.filter(({ name }) => !known.has(name));
  if (added.length === 0) return signal;
  const said = added.flatMap(({ evidence }) => evidence.map(({ text }) => text)).join(' ');
  return {
    ...signal,
    explanation: `${signal.explanation.trimEnd()} ${said} That may be why.`,
    causes: [...(signal.causes ?? []), ...added],
  };
}

type ConfigurationChange = Extract<Fact, { kind: 'configuration-change' }>;

function settingsBefore(type: FindingClass, since: number, { core, seen, facts }: Judgement): RankedCause[] {
  const isBefore = (at: number): boolean => at <= since + SAME_MINUTE_MS && at > since - CHANGED_MS;
  const isOf = (setting: string): boolean => BY_SETTING[setting]?.includes(type) ?? true;
  const written = [...core.facts, ...facts]
    .filter((fact) => fact.kind === 'configuration-change')
    .filter(({ at }) => isBefore(at));
  const told = written.filter(({ setting }) => isOf(setting));
  const size = isOf(MEMORY) ? sizeChange(core, seen) : undefined;
  const known = told.filter(({ before, setting }) => before !== undefined || setting === RESERVED);
  const sized =
    known.some(({ setting }) => setting === MEMORY) || size === undefined || !isBefore(size.at) ? [] : [size];
  const sure = [...known, ...sized].sort((a, b) => a.at - b.at);
  const newest = [...new Map(sure.map((change) => [change.setting, change])).values()];
  if (newest.length > 0) return newest.map((change) => causeOf(change.setting, saidOf(change), change.at, since));
  return writtenBefore(told, written, since);
}

const MEMORY = 'memorySize';
/** What is set by a call of its own. */
const RESERVED = 'reservedConcurrentExecutions';

/** The memory size as calls tell it: another one than that of before. */
function sizeChange({ sizes }: Judgement['core'], { memorySizeMb, start }: Judgement['seen']) {
  const before = sizes
    .filter((size) => size.memorySizeMb !== memorySizeMb)
    .reduce(
      (last, size) => (last === undefined || size.lastAt > last.lastAt ? size : last),
      undefined as SizeRecord | undefined,
    );
  if (before === undefined || memorySizeMb === 0) return undefined;
  const at = sizes.find((size) => size.memorySizeMb === memorySizeMb)?.firstAt ?? start;
  return { setting: MEMORY, before: String(before.memorySizeMb), after: String(memorySizeMb), at };
}

/** A call names all that it sets, whether or not it was that before: then nobody knows what became another, be it of this class or not. */
function writtenBefore(
  told: readonly ConfigurationChange[],
  written: readonly ConfigurationChange[],
  since: number,
): RankedCause[] {
  const last = told.at(-1);
  if (last === undefined) return [];
  const names = [...new Set(written.filter(({ at }) => at === last.at).map(({ setting }) => setting))];
  if (names.length === 1) return [causeOf(last.setting, saidOf(last), last.at, since)];
  return [causeOf('configuration', `Its configuration was written (${names.join(', ')})`, last.at, since)];
}

const causeOf = (name: string, said: string, at: number, since: number): RankedCause => ({
  kind: 'configuration-change',
  name,
  evidence: [{ text: `${said} ${whenOf(at, since)}.`, since: at }],
});

const saidOf = ({
  setting,
  before,
  after = 'another value',
}: Pick<ConfigurationChange, 'setting' | 'before' | 'after'>): string =>
  `${setting} was set ${before === undefined ? `to ${sayValue(after)}` : sayDifference(before, after)}`;

/** The version that all calls have since, where it is new. */
function releaseBefore(since: number, judgement: Judgement): RankedCause[] {
  const { core, seen } = judgement;
  const [only, ...others] = (seen.versions ?? []).filter(({ calls }) => calls > 0);
  if (only === undefined || others.length > 0) return [];
  const firstAt = core.versions.find(({ version }) => version === only.version)?.firstAt ?? seen.start;
  const isNew = core.versions.some(({ version }) => version !== only.version) && firstAt > (core.firstAt ?? firstAt);
  if (!isNew || firstAt > since || firstAt <= since - RELEASED_MS || isProven(judgement, only.version)) return [];
  return [
    {
      kind: 'deploy',
      name: `version ${only.version}`,
      evidence: [{ text: `Version ${only.version} was first seen ${whenOf(firstAt, since)}.`, since: firstAt }],
    },
  ];
}

function whenOf(at: number, since: number): string {
  const minutes = Math.round((since - at) / MINUTE_MS);
  return `at ${clock(at)}, ${minutes < 1 ? 'in the minute in which it began' : `${counted(minutes, 'minute')} before it began`}`;
}
