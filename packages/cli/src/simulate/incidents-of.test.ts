import { expect, test } from '@jest/globals';
import { createScenario } from '@lamplighter/simulator';
import type { FindingNote } from './agents/agent-diary.ts';
import { incidentsOf } from './incidents-of.ts';

const scenario = createScenario({
  name: 'shop',
  duration: '1h',
  apis: { api: { to: 'book' } },
  functions: {
    book: {
      calls: [
        { to: 'db', statements: 1 },
        { to: 'mails', messages: 1 },
      ],
    },
    mail: {},
  },
  queues: { mails: {} },
  databases: { db: {} },
  mappings: [{ from: 'mails', to: 'mail' }],
});

const fault = (target: string, onset = 10, end = 20) => ({ kind: 'error-rate', target, onset, end }) as const;
const note = (resource: string, openedAt: number, endedAt?: number): FindingNote => ({
  finding: { findingId: `${resource}/${openedAt}`, class: 'error-burst', title: 'fails', openedAt, resource },
  ...{ seenAt: openedAt + 1, repairs: [], withheld: {}, ...(endedAt !== undefined && { endedAt }) },
});

test.each([
  ['book', 'book'],
  ['db', 'book'],
  ['api', 'book'],
  ['mails', 'mail'],
])('a fault at %s is felt by %s', (target, felt) => {
  const { incidents, others } = incidentsOf([fault(target)], [note('book', 12), note('mail', 12)], scenario);

  expect(incidents[0]?.felt).toEqual([felt]);
  expect(incidents[0]?.found.map(({ finding }) => finding.resource)).toEqual([felt]);
  expect(others.map(({ finding }) => finding.resource)).toEqual([felt === 'book' ? 'mail' : 'book']);
});

test('what was open before it counts, what was over before it or began after it is of none', () => {
  const [before, during, over, after] = [note('book', 5), note('book', 12, 15), note('book', 5, 10), note('book', 20)];

  const { incidents, others } = incidentsOf([fault('book')], [before, during, over, after], scenario);

  expect(incidents[0]?.found).toEqual([before, during]);
  expect(others).toEqual([over, after]);
});
