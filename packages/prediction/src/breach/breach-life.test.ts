import { expect, test } from '@jest/globals';
import { advanceBreach, type BreachLife, type Look, NO_BREACH } from './breach-life.ts';

const MINUTE_MS = 60_000;
const look = (
  minute: number,
  probability: number,
  { used = 0.5, inMinutes = 20, soon = probability / 2 } = {},
): Look => ({
  at: minute * MINUTE_MS,
  probability,
  soon,
  used,
  horizonMs: 3_600_000,
  expectedAt: (minute + inMinutes) * MINUTE_MS,
});

function live(looks: readonly Look[]): { life: BreachLife; told: string[] } {
  let life = NO_BREACH;
  const told: string[] = [];
  for (const each of looks) {
    const next = advanceBreach(life, each);
    life = next.life;
    if (next.change) told.push(`${next.change.change}/${next.change.revision}`);
  }
  return { life, told };
}

test('what wavers is not news', () => {
  expect(live([0.9, 0.1, 0.9, 0.9, 0.1].map((p, at) => look(at + 1, p))).told).toEqual([]);
});

test('told once, corrected when the time moves much, withdrawn when it is calm', () => {
  const sure = [1, 2, 3, 4, 5, 6].map((minute) => look(minute, 0.8, { inMinutes: 25 - minute }));
  const later = [14, 15].map((minute) => look(minute, 0.8, { inMinutes: 28 }));
  const calm = [16, 17, 18, 19].map((minute) => look(minute, 0.1));

  expect(live([...sure, ...later, ...calm]).told).toEqual(['predicted/0', 'corrected/1', 'withdrawn/2']);
});

test('what is far away is told when it comes near', () => {
  const far = [1, 2, 3, 4].map((minute) => look(minute, 0.97, { inMinutes: 50, soon: 0.02 }));
  const near = look(5, 0.97, { inMinutes: 25, soon: 0.4 });

  expect(live(far).told).toEqual([]);
  expect(live([...far, near]).told).toEqual(['predicted/0']);
});

test('a limit that is hit is told, and again when it is over', () => {
  const hit = [look(1, 0.5, { used: 1 }), look(2, 0.9, { used: 1 })];
  const over = [3, 4, 5].map((minute) => look(minute, 0.05, { used: 0.4 }));

  expect(live([...hit, ...over]).told).toEqual(['happened/0', 'withdrawn/1']);
});

test('an old look changes nothing', () => {
  const { life } = live([look(5, 0.8)]);

  expect(advanceBreach(life, look(5, 0.8)).life).toBe(life);
});

test('a load that lost half of what it had is calm, however wide the bands are, unless the limit is likely all the same', () => {
  const sure = [1, 2, 3].map((minute) => look(minute, 0.8, { used: 0.7 }));
  const fallen = (used: number, probability: number) => [4, 5, 6].map((minute) => look(minute, probability, { used }));

  expect(live([...sure, ...fallen(0.3, 0.5)]).told).toEqual(['predicted/0', 'withdrawn/1']);
  expect(live([...sure, ...fallen(0.4, 0.5)]).told).toEqual(['predicted/0']);
  expect(live([...sure, ...fallen(0.3, 0.7)]).told).toEqual(['predicted/0']);
});

test('a load that stops altogether is calm after two minutes', () => {
  const sure = [1, 2, 3].map((minute) => look(minute, 0.8));
  const silent = [4, 5].map((minute) => look(minute, 0, { used: 0 }));

  expect(live([...sure, ...silent]).told).toEqual(['predicted/0', 'withdrawn/1']);
});

test('what is known to the cent is not reached while a hundredth is left', () => {
  const almost = look(1, 0.5, { used: 0.995 });

  expect(advanceBreach(NO_BREACH, almost).change).toMatchObject({ change: 'happened' });
  expect(advanceBreach(NO_BREACH, almost, 1).change).toBeUndefined();
  expect(advanceBreach(NO_BREACH, look(1, 0.5, { used: 1 }), 1).change).toMatchObject({ change: 'happened' });
});
