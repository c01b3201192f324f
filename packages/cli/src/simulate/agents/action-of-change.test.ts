import { expect, test } from '@jest/globals';
import type { Change } from '@lamplighter/remedies';
import { createScenario, Twin } from '@lamplighter/simulator';
import { actionOfChange } from './action-of-change.ts';

/** After two minutes of which the second has a tenth of its calls on a new version; a third one comes in the fourth. */
function released(): Twin {
  const deploy = { kind: 'bad-deploy', target: 'work' } as const;
  const twin = new Twin(
    createScenario({
      name: 'released',
      duration: '5m',
      traffic: [{ to: 'work', curve: { kind: 'constant', rate: '1/s' } }],
      functions: { work: {} },
      faults: [
        { ...deploy, at: '1m', weightPct: 10 },
        { ...deploy, at: '3m', weightPct: 50 },
      ],
    }),
  );
  twin.advanceTo(twin.now + 120_000);
  return twin;
}

const pointTo = (version: string, weights: Readonly<Record<string, number>> = {}): Change => ({
  kind: 'lambda-alias',
  functionName: 'work',
  alias: 'live',
  version,
  weights,
});
const aliasOf = (twin: Twin) => twin.state().functions[0]!.alias;

test.each([
  ['back from a share', pointTo('1')],
  ['on to the newest', pointTo('2')],
  ['to another share', pointTo('1', { 2: 0.5 })],
])('an alias is pointed %s, and as it was when that is undone', (_, change) => {
  const twin = released();
  const before = aliasOf(twin);
  const { action, undo } = actionOfChange(change, twin.state())!;

  expect(twin.apply(action)).toEqual({ kind: 'applied' });
  expect(aliasOf(twin)).toMatchObject({ version: 'version' in change && change.version });
  expect(twin.apply(undo(twin.state())!)).toEqual({ kind: 'applied' });
  expect(aliasOf(twin)).toEqual(before);
});

test('what somebody released meanwhile is not undone', () => {
  const twin = released();
  const { action, undo } = actionOfChange(pointTo('1'), twin.state())!;
  twin.apply(action);

  expect(undo(twin.state())).toBeDefined();
  twin.advanceTo(twin.now + 120_000);
  expect(aliasOf(twin)).toEqual({ version: '1', weights: { 3: 0.5 } });
  expect(undo(twin.state())).toBeUndefined();
});

/** All traffic is on the second version; a third one is published, and has none when five minutes are over. */
function releasedTwice(weightPct: number): Twin {
  const deploy = { kind: 'bad-deploy', target: 'work' } as const;
  const twin = new Twin(
    createScenario({
      name: 'released twice',
      duration: '10m',
      traffic: [{ to: 'work', curve: { kind: 'constant', rate: '1/s' } }],
      functions: { work: {} },
      faults: [
        { ...deploy, at: '1m', weightPct },
        { ...deploy, at: '3m', until: '4m', weightPct: 50 },
      ],
    }),
  );
  twin.advanceTo(twin.now + 120_000);
  return twin;
}

test('a rollback is undone to the version that it rolled back, though a newer one was published and withdrawn since', () => {
  const twin = releasedTwice(100);
  const { action, undo } = actionOfChange(pointTo('1'), twin.state())!;
  twin.apply(action);
  twin.advanceTo(twin.now + 180_000);

  expect(twin.state().functions[0]!.versions).toEqual(['3', '2', '1']);
  expect(aliasOf(twin)).toEqual({ version: '1', weights: {} });
  expect(twin.apply(undo(twin.state())!)).toEqual({ kind: 'applied' });
  expect(aliasOf(twin)).toEqual({ version: '2', weights: {} });
});

test('a share that the twin can no longer give is not given to a newer version', () => {
  const twin = releasedTwice(10);
  const { action, undo } = actionOfChange(pointTo('1'), twin.state())!;
  twin.apply(action);
  twin.advanceTo(twin.now + 180_000);

  expect(undo(twin.state())).toBeUndefined();
  expect(actionOfChange(pointTo('1', { 2: 0.1 }), twin.state())).toBeUndefined();
});
