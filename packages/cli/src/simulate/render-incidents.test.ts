import { expect, test } from '@jest/globals';
import { plain } from '../terminal/paint.ts';
import { ANY_PLAYBOOK, type FindingNote, NOT_IN_TWIN } from './agents/agent-diary.ts';
import { renderIncidents } from './render-incidents.ts';

const at = (minute: number): number => Date.UTC(2026, 10, 21, 10, minute);
const fault = { kind: 'bad-deploy', target: 'book', onset: at(0), end: at(30) } as const;
const note = (given: Partial<FindingNote> = {}): FindingNote => ({
  finding: { findingId: 'f', class: 'bad-deploy', title: 'fails', openedAt: at(0), resource: 'book' },
  ...{ seenAt: at(1), repairs: [], withheld: {} },
  ...given,
});
const render = (found: readonly FindingNote[], columns = 140): string[] =>
  renderIncidents({ incidents: [{ fault, found, felt: ['book'] }], others: [] }, { paint: plain, columns }).slice(
    1,
    -1,
  );

test('a repair is told with its verdict, and what the rails held back besides', () => {
  const repairs = [{ playbook: 'alias-rollback', title: 'Send it back', at: at(2), outcome: 'kept' }] as const;
  const withheld = { 'aurora-capacity': 'guardrail rollbacks: enough.', 'tracing-up': NOT_IN_TWIN };

  expect(render([note({ repairs, withheld, endedAt: at(5) })])).toEqual([
    'bad-deploy at book, 10:00 to 10:30',
    '  10:01  found bad-deploy of book, over at 10:05',
    '  10:02  alias-rollback: Send it back; it helped, and stayed',
    '         not done  aurora-capacity: guardrail rollbacks: enough.',
  ]);
});

test.each([
  [
    'the rail that refused',
    { [ANY_PLAYBOOK]: 'later', 'alias-rollback': 'guardrail x: no.', 'tracing-up': NOT_IN_TWIN },
    'alias-rollback: guardrail x: no.',
  ],
  ['what the twin lacks', { 'tracing-up': NOT_IN_TWIN }, `tracing-up: ${NOT_IN_TWIN}`],
  ['that nothing fits', { [ANY_PLAYBOOK]: 'no playbook answers bad-deploy' }, 'no playbook answers bad-deploy'],
  ['that it was over', {}, 'it was over before anything was decided'],
])('where nothing was done, it says why: %s', (_, withheld, why) => {
  expect(render([note({ withheld })]).slice(1)).toEqual([
    '  10:01  found bad-deploy of book, open to the end',
    `         nothing done  ${why}`,
  ]);
});

test('what was never found is said, and of whom nothing was unusual', () => {
  expect(render([])).toEqual(['bad-deploy at book, 10:00 to 10:30', '  never found: nothing was unusual about book']);
});

test.each([60, 80])('no line is longer than %d columns', (columns) => {
  const withheld = {
    'alias-rollback': 'guardrail rollbacks: 3 repairs were undone in the last day: something is not understood.',
  };
  expect(render([note({ withheld })], columns).filter((line) => line.length > columns)).toEqual([]);
});
