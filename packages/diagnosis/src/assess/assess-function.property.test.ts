import { expect, test } from '@jest/globals';
import type { Finding } from '@lamplighter/contracts';
import fc from 'fast-check';
import { FAULTS, type SeededFault } from '../testing/faults.ts';
import { CONTEXT, MONDAY } from '../testing/run-fault.ts';
import { simulateFunction } from '../testing/simulate-function.ts';
import type { Fact } from '../windows/fact.ts';
import type { AssessedWindow } from '../windows/window-input.ts';
import { assessFunction, type FindingChange, findingsIn } from './assess-function.ts';
import { type FunctionState, migrateFunctionState, newFunctionState } from './function-state.ts';

const MINUTES = 75;
const ONSET = 62;
const MINUTE_MS = 60_000;
const LATENESS_MINUTES = 10;
/** The state's promise, beside which the README's figure stands. */
const MOST_STATE_BYTES = 96 * 1024;

/** Findings of every kind, so that late windows meet open, joined and resolved ones. */
const KINDS = [
  'a third of the calls fail',
  'a version that is slow',
  'no connection is left',
  'eight times the traffic',
  'no telemetry',
  'a message fails again and again',
];
const HISTORIES = KINDS.map((name, seed) =>
  historyOf(FAULTS.find((fault) => fault.name === name) as SeededFault, seed + 1),
);

interface News {
  readonly at: number;
  readonly windows: readonly AssessedWindow[];
  readonly facts: readonly Fact[];
}

test('late, doubled, corrected and reordered windows end in the fold of the ordered ones, byte by byte, and in its findings but for their names', () => {
  fc.assert(
    fc.property(
      fc.nat({ max: HISTORIES.length - 1 }),
      fc.infiniteStream(fc.nat({ max: 1_000_000 })),
      fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 5 }),
      (index, numbers, batches) => {
        const history = HISTORIES[index] ?? [];
        const ordered = run(history.map((each) => [each]));
        const shuffled = run(inBatches(disturb(history, numbers), batches));

        expect(foldIn(shuffled.state)).toBe(foldIn(ordered.state));
        expect(findingsIn(shuffled.state, CONTEXT).map(unnamed)).toEqual(
          findingsIn(ordered.state, CONTEXT).map(unnamed),
        );
      },
    ),
    { numRuns: 20 },
  );
});

test('what was published in any order tells the same in the end: of each incident one finding, opened once, whose revisions rise', () => {
  fc.assert(
    fc.property(
      fc.nat({ max: HISTORIES.length - 1 }),
      fc.infiniteStream(fc.nat({ max: 1_000_000 })),
      (index, numbers) => {
        const history = HISTORIES[index] ?? [];
        const ordered = lastTold(run(history.map((each) => [each])).changes);
        const told = run(disturb(history, numbers).map((each) => [each])).changes;

        for (const [, news] of groupById(told)) {
          const revisions = news.map(({ finding }) => finding.revision);
          expect(revisions).toEqual([...new Set(revisions)].sort((a, b) => a - b));
          const isDisproved = news.some(({ isWithdrawn }) => isWithdrawn === true);
          const opened = news.filter(({ change }) => change === 'opened').length;
          if (!isDisproved) expect(opened).toBeLessThanOrEqual(1);
          expect(new Set(news.map(({ finding }) => finding.groupKey)).size).toBe(1);
        }
        expect(mostOpenOfAClass(told)).toBe(1);
        expect(lastTold(told)).toEqual(ordered);
      },
    ),
    { numRuns: 20 },
  );
});

test('the state is JSON and stays below its bound', () => {
  for (const history of HISTORIES) {
    let state = newFunctionState();
    for (const { windows, facts } of history) {
      state = migrateFunctionState(JSON.parse(JSON.stringify(state)));
      state = assessFunction(state, { windows, facts }, CONTEXT).state;
      expect(JSON.stringify(state).length).toBeLessThan(MOST_STATE_BYTES);
    }
    expect(state).toEqual(run(history.map((each) => [each])).state);
  }
});

function historyOf(fault: SeededFault, seed: number): News[] {
  const traffic = { callsPerMinute: 40, dailyAmplitude: 0.3, weekendFactor: 1, noise: 0.1, burstFactor: 1 };
  const facts = fault.facts?.(MONDAY + ONSET * MINUTE_MS) ?? [];
  const windows = [
    ...simulateFunction({
      seed,
      start: MONDAY,
      minutes: MINUTES,
      traffic,
      ...(fault.behaviour === undefined ? {} : { behaviour: fault.behaviour }),
      fault: (behaviour, minute, random) => {
        if (minute >= ONSET) fault.apply(behaviour, minute - ONSET, random);
      },
    }),
  ];
  return windows.map((window, minute) => {
    const at = MONDAY + minute * MINUTE_MS;
    return { at, windows: [{ ...window, revision: 1 }], facts: facts.filter((fact) => fact.at === at) };
  });
}

/** Each minute comes up to nine minutes late, some twice, some first with wrong figures and corrected later. */
function disturb(history: readonly News[], numbers: Iterable<number>): News[] {
  const draw = numbers[Symbol.iterator]();
  const next = (): number => (draw.next().value as number) / 1_000_001;
  const sent: { at: number; due: number; news: News }[] = [];
  // The first and the last come in time, so that the newest minute is the same at the end.
  history.forEach((news, index) => {
    const late = (): number => (index === 0 ? 0 : next() * (LATENESS_MINUTES - 0.5) * MINUTE_MS);
    const due = news.at + late();
    if (next() < 0.2) sent.push({ at: news.at, due: news.at + late(), news });
    if (next() < 0.2)
      sent.push(
        { at: news.at, due: news.at, news: { ...news, windows: news.windows.map(spoiled) } },
        { at: news.at, due, news },
      );
    else sent.push({ at: news.at, due, news });
  });
  return sent.sort((a, b) => a.due - b.due).map(({ news }) => news);
}

/** An earlier revision of a minute: half of it was not there yet. */
function spoiled(window: AssessedWindow): AssessedWindow {
  if ('missing' in window) return { ...window, revision: 0 };
  return {
    revision: 0,
    figures: {
      ...window.figures,
      invocations: Math.floor(window.figures.invocations / 2),
      errors: window.figures.errors + 3,
    },
  };
}

function run(batches: readonly (readonly News[])[]): { state: FunctionState; changes: FindingChange[] } {
  let state = newFunctionState();
  const changes: FindingChange[] = [];
  for (const batch of batches) {
    const assessed = assessFunction(
      state,
      { windows: batch.flatMap(({ windows }) => windows), facts: batch.flatMap(({ facts }) => facts) },
      CONTEXT,
    );
    expect(assessed.refused).toEqual([]);
    state = assessed.state;
    changes.push(...assessed.changes);
  }
  return { state, changes };
}

function inBatches(news: readonly News[], sizes: readonly number[]): News[][] {
  const batches: News[][] = [];
  for (let from = 0, turn = 0; from < news.length; turn++) {
    const size = 1 + (sizes[turn % sizes.length] ?? 0);
    batches.push(news.slice(from, from + size));
    from += size;
  }
  return batches;
}

function groupById(changes: readonly FindingChange[]): Map<string, FindingChange[]> {
  return Map.groupBy(changes, ({ finding }) => finding.findingId);
}

/** The newest news of each finding that was not withdrawn, without what depends on the order of delivery. */
function lastTold(changes: readonly FindingChange[]): unknown[] {
  return [...groupById(changes).values()]
    .map((news) => news.at(-1) as FindingChange)
    .filter(({ isWithdrawn }) => isWithdrawn !== true)
    .map(({ finding }) => unnamed(finding))
    .sort((a, b) => a.openedAt - b.openedAt || (a.class < b.class ? -1 : 1));
}

/** Class, function, since when, state and all that is said; its names are those by which it was told first. */
function unnamed(finding: Finding): Omit<Finding, 'findingId' | 'groupKey' | 'revision' | 'lookAt'> {
  const { findingId: _id, groupKey: _group, revision: _revision, lookAt: _commands, ...rest } = finding;
  return rest;
}

/** How many findings of one class were open at once, as somebody saw who heard of each change. */
function mostOpenOfAClass(changes: readonly FindingChange[]): number {
  const open = new Map<string, string>();
  return changes.reduce((most, { finding }) => {
    if (finding.state === 'open') open.set(finding.findingId, finding.class);
    else open.delete(finding.findingId);
    const now = Map.groupBy(open.values(), (each) => each);
    return Math.max(most, ...[...now.values()].map(({ length }) => length));
  }, 0);
}

/** All of a state but the names, which depend on what was told first. */
const foldIn = ({ checkpoint, pending, head }: FunctionState): string => JSON.stringify({ checkpoint, pending, head });
