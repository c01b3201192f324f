import { expect, test } from '@jest/globals';
import { ensemble } from './ensemble.ts';
import { byPhase, ONE_PHASE, phaseAt, phaseErrors, phasesOf } from './origin-phases.ts';

const HORIZON = 12;

test('a horizon is cut into the steps from origin to origin, where each has origins enough', () => {
  expect(phasesOf({ first: 600, every: 2, horizon: HORIZON }, 1_200)).toEqual({ span: 12, every: 2 });
  expect(phasesOf({ first: 600, every: 2, horizon: HORIZON }, 1_100)).toEqual(ONE_PHASE);
  expect(phasesOf({ first: 660, every: 8, horizon: 48 }, 900)).toEqual(ONE_PHASE);
  expect(phasesOf({ first: 600, every: 1, horizon: 1 }, 900)).toEqual(ONE_PHASE);
});

test('phases are counted from the end, both ways', () => {
  const phases = { span: 12, every: 2 };

  expect([-12, -1, 0, 1, 2, 11, 12].map((after) => phaseAt(phases, after))).toEqual([0, 5, 0, 0, 1, 5, 0]);
});

test('a way that is right in one phase is preferred there, and held near what it is in all', () => {
  const values = Array<number>(96).fill(0);
  const phases = { span: 4, every: 2 };
  const origins = Array.from({ length: 48 }, (_, at) => 2 * at);
  const way = (wrongIn: number) =>
    origins.map((origin) => ({ origin, mean: [phaseAt(phases, origin - 96) === wrongIn ? 1 : 0] }));
  const [first, second] = phaseErrors([way(0), way(1)], values, phases);

  expect(first![0]).toBeCloseTo((24 * 1 + 12 * 0.5) / 36);
  expect(first![1]).toBeCloseTo((12 * 0.5) / 36);
  expect(second).toEqual([first![1], first![0]].map((error) => expect.closeTo(error!)));
  expect(byPhase(way(0), phases, 96).map((group) => group.length)).toEqual([24, 24]);
});

test('where every hour has a level of its own, the last point counts within the hour and not before it', () => {
  let state = 7;
  const random = (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  const series = Array.from({ length: 240 }, () => Array<number>(HORIZON).fill(100 * random())).flat();
  const model = ensemble.fit(series, { seasonLengths: [288], horizon: HORIZON });
  const lastPoint = model.members.filter(({ name }) => name === 'naive' || name === 'simple-exponential-smoothing');
  const share = (phase: number): number => lastPoint.reduce((sum, { weights }) => sum + weights[phase]!, 0);

  expect(share(2)).toBeGreaterThan(0.5);
  expect(share(0)).toBeLessThan(0.1);
  for (let phase = 0; phase < 6; phase++)
    expect(model.members.reduce((sum, { weights }) => sum + weights[phase]!, 0)).toBeCloseTo(1);
});
