import { expect, test } from '@jest/globals';
import { type FunctionState, newFunctionState } from '@lamplighter/diagnosis';
import { firstSeen } from './first-seen.ts';

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
  firstSeen(identity, before, now).map(({ version, at }) => ({ version, at }));

test('a version that is called for the first time is seen; what a function began with is not', () => {
  expect(versionsIn(stateOf('7'), stateOf('7', '8'))).toEqual([{ version: '8', at: AT }]);
  expect(versionsIn(stateOf(), stateOf('7'))).toEqual([]);
  expect(versionsIn(stateOf('7', '8'), stateOf('8', '7'))).toEqual([]);
});

test('$LATEST since a deploy that was told is not told again', () => {
  expect(versionsIn(stateOf('$LATEST'), stateOf('$LATEST', '$LATEST of 2026-01-15T03:05Z'))).toEqual([]);
});
