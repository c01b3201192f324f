import { describe, expect, test } from '@jest/globals';
import type { FunctionWindow } from '@lamplighter/contracts';
import { createScenario, runWithAgent, type ScenarioInput, Twin } from '@lamplighter/simulator';
import { agentDiary } from './agent-diary.ts';
import { houseAgent } from './house-agent.ts';
import { TWIN_RAILS } from './twin-rails.ts';

const MINUTE_MS = 60_000;
const DEPLOYED_MIN = 40;
type FaultInput = NonNullable<ScenarioInput['faults']>[number];

/** An hour and more of one function; what happens, happens to it. */
const bookings = (faults: readonly Partial<FaultInput>[]): ScenarioInput => ({
  name: 'bookings',
  seed: 7,
  duration: '70m',
  exactUpTo: 0,
  traffic: [{ to: 'api', curve: { kind: 'constant', rate: '20/s' } }],
  apis: { api: { to: 'bookings' } },
  functions: { bookings: { memoryMb: 512, cpuMs: 15, waitMs: 20 } },
  faults: faults.map((fault) => ({ target: 'bookings', ...fault }) as FaultInput),
});

const badDeploy = (rest: Partial<FaultInput>) => ({ kind: 'bad-deploy', at: `${DEPLOYED_MIN}m`, ...rest }) as const;

function helped(...faults: readonly Partial<FaultInput>[]) {
  const twin = new Twin(createScenario(bookings(faults)));
  const windows = runWithAgent(twin, houseAgent());
  const start = Date.parse(twin.scenario.start);
  const applied = twin.applied.map(({ at, action, outcome }) => ({
    minute: (at - start) / MINUTE_MS,
    action,
    outcome,
  }));
  return { twin, windows, applied };
}

const failedIn = (windows: readonly FunctionWindow[]): number =>
  windows.reduce((sum, { errors, timeouts }) => sum + errors + timeouts, 0);
const alias = (newVersionPct: number, version?: string) => ({
  kind: 'set-alias-weight',
  target: 'bookings',
  newVersionPct,
  ...(version !== undefined && { version }),
});

describe.each([
  ['a release of everything that fails', { errorPct: 30 }],
  ['a release of a tenth that fails', { weightPct: 10, errorPct: 60 }],
  ['a release that is slow', { errorPct: 0, durationFactor: 5 }],
])('%s', (_, rest) => {
  const { twin, windows, applied } = helped(badDeploy(rest));

  test('is taken back to the version before within minutes, and stays so', () => {
    expect(applied).toEqual([{ minute: expect.any(Number), action: alias(0, '1'), outcome: { kind: 'applied' } }]);
    expect(applied[0]!.minute).toBeGreaterThan(DEPLOYED_MIN);
    expect(applied[0]!.minute).toBeLessThanOrEqual(DEPLOYED_MIN + 5);
    expect(twin.state().functions[0]!.alias).toEqual({ version: '1', weights: {} });
  });

  test('reaches nobody any more from then on', () => {
    const after = windows.slice(applied[0]!.minute + 1);
    expect(failedIn(after)).toBe(0);
    expect(after.flatMap(({ byVersion = [] }) => byVersion.map(({ version }) => version))).not.toContain('2');
  });
});

test('a release that does no harm is left where it is', () => {
  expect(helped(badDeploy({ errorPct: 0 })).applied).toEqual([]);
});

test.each([
  ['15m', '2'],
  ['30m', '1'],
])(
  'of two releases the bad one goes back to what most calls reached: with a good one after %s to version %s',
  (at, version) => {
    const { applied } = helped({ kind: 'bad-deploy', at, errorPct: 0 }, badDeploy({ errorPct: 30 }));

    expect(applied.map(({ action }) => action)).toEqual([alias(0, version)]);
  },
);

test('a rollback after which more calls fail than before is undone', () => {
  const broken = { kind: 'error-rate', at: `${DEPLOYED_MIN + 2}m`, pct: 60 } as const;
  const { applied } = helped(badDeploy({ errorPct: 0, durationFactor: 5 }), broken);

  expect(applied.map(({ action }) => action)).toEqual([alias(0, '1'), alias(100)]);
});

describe('the diary', () => {
  const notesOf = (rails: typeof TWIN_RAILS, ...faults: readonly Partial<FaultInput>[]) => {
    const diary = agentDiary();
    runWithAgent(new Twin(createScenario(bookings(faults))), houseAgent(rails, diary));
    return diary.notes();
  };

  test('tells what was done about a finding, and what came of it', () => {
    expect(notesOf(TWIN_RAILS, badDeploy({ errorPct: 30 }))).toMatchObject([
      {
        finding: { class: 'bad-deploy', resource: 'bookings' },
        repairs: [{ playbook: 'alias-rollback', outcome: 'kept' }],
        endedAt: expect.any(Number),
      },
    ]);
  });

  test('tells which guardrail held a repair back', () => {
    const rails = { ...TWIN_RAILS, neverTouch: ['bookings'] };
    expect(notesOf(rails, badDeploy({ errorPct: 30 }))).toMatchObject([
      { repairs: [], withheld: { 'alias-rollback': 'guardrail never-touch: bookings begins with bookings.' } },
    ]);
  });

  test('tells that nobody would act by itself', () => {
    const [note] = notesOf({ ...TWIN_RAILS, mode: 'dry-run' }, badDeploy({ errorPct: 30 }));
    expect(note?.withheld['alias-rollback']).toBe('The rails are in mode dry-run: nothing is done by itself.');
  });

  test('tells that no repair fits', () => {
    const [note] = notesOf(TWIN_RAILS, { kind: 'error-rate', at: '40m', pct: 20 });
    expect(note).toMatchObject({
      repairs: [],
      withheld: { any: expect.stringMatching(/^no repair fits: nothing to change for /) },
    });
  });
});
