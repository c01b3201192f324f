import { expect, test } from '@jest/globals';
import { NEW_CORE } from '../assess/core.ts';
import type { Incident } from '../assess/incident.ts';
import { findingOf } from './finding-of.ts';

const slow = { text: 'The median duration rose from 123 ms to 622 ms.', requestIds: ['r-1'] };
const traced = { text: 'aurora took 638 ms instead of 14 ms.' };
const INCIDENT: Incident = {
  class: 'dependency-slow',
  openedAt: 1_000,
  lastBadAt: 1_000,
  quietCalls: 0,
  groupKey: 'dependency/aurora',
  told: {
    severity: 'warning',
    magnitude: 5,
    confidence: 0.9,
    title: 'waits for aurora',
    explanation: 'Since 10:50 UTC calls wait.',
    evidence: [slow, traced],
    causes: [],
    lookAt: [],
    toldAt: 1_000,
  },
  retold: 0,
  joined: { 'slow-down': { ...slow }, throttling: { text: 'Three calls were throttled.' } },
  revisionBase: 0,
};

test('what a part of a finding saw is said once, even where the finding says it itself', () => {
  const context = { functionName: 'pay', accountId: '123456789012', region: 'eu-west-1' };

  expect(findingOf(INCIDENT, NEW_CORE, context).evidence.map(({ text }) => text)).toEqual([
    slow.text,
    traced.text,
    'Three calls were throttled.',
  ]);
});
