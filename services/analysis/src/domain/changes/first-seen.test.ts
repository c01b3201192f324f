import { expect, test } from '@jest/globals';
import { type FunctionState, newFunctionState } from '@lamplighter/diagnosis';
import { firstSeen, highestVersion } from './first-seen.ts';

const identity = { accountId: '123456789012', region: 'us-east-1', functionName: 'pay' };
const AT = Date.UTC(2026, 0, 15, 3);

function stateOf(...versions: string[]): FunctionState {
  const state = newFunctionState();
  const records = versions.map((version) => ({
    version,
    firstAt: AT,
    lastAt: AT,
    calls: 1,
    failures: 0,
    durations: [],
  }));
  return { ...state, head: { ...state.head, versions: records } };
}
const versionsIn = (before: FunctionState, now: FunctionState) =>
  firstSeen(identity, { state: before }, now).map(({ version, at }) => ({ version, at }));

test('a version that is called for the first time is seen; what a function began with is not', () => {
  expect(versionsIn(stateOf('7'), stateOf('7', '8'))).toEqual([{ version: '8', at: AT }]);
  expect(versionsIn(stateOf(), stateOf('7'))).toEqual([]);
  expect(versionsIn(stateOf('7', '8'), stateOf('8', '7'))).toEqual([]);
});

test('$LATEST since a deploy that was told is not told again', () => {
  expect(versionsIn(stateOf('$LATEST'), stateOf('$LATEST', '$LATEST of 2026-01-15T03:05Z'))).toEqual([]);
});

test('of four versions that take turns, of which the state forgets one each minute, each is told once; a rollback is not', () => {
  const rounds = [
    ['5'],
    ['5', '6'],
    ['5', '6', '7'],
    ['6', '7', '8'],
    ['7', '8', '5'],
    ['8', '5', '6'],
    ['5', '6', '7'],
    ['4', '7', '8'],
  ];
  let state = stateOf();
  let highest: number | undefined;
  const told = rounds.flatMap((versions) => {
    const before = { state, ...(highest !== undefined && { highestVersion: highest }) };
    state = stateOf(...versions);
    highest = highestVersion(state, highest);
    return firstSeen(identity, before, state).map(({ version }) => version);
  });
  expect(told).toEqual(['6', '7', '8']);
});

test('calls of $LATEST beside those of a version are no new version', () => {
  expect(versionsIn(stateOf('7'), stateOf('7', '$LATEST'))).toEqual([]);
  expect(versionsIn(stateOf('$LATEST'), stateOf('$LATEST', '1'))).toEqual([{ version: '1', at: AT }]);
});
