import { expect, test } from '@jest/globals';
import { AnomalyDetected } from '@lamplighter/contracts';
import { explain } from '@lamplighter/diagnosis';
import { renderFindings } from './render-findings.ts';

const { finding } = AnomalyDetected.example;
const LONG = 'reservation-mobile-api fails in version 2: 44 % of its calls instead of 0 % of them before it came';

test('a finding is two lines where there is room, with the command that goes on', () => {
  const lines = renderFindings([finding], 200, ' --stage prod').split('\n');

  expect(lines).toEqual([
    expect.stringContaining(finding.title),
    `          ${finding.findingId}`,
    '1 finding',
    `the evidence of one: npx -y pnpm@10 lamplighter explain ${finding.findingId} --stage prod`,
    '',
  ]);
  expect(renderFindings([], 200, '')).toBe('0 findings\n');
});

test('in a narrow window its title goes on below, and nothing but an id is longer than the window', () => {
  const [rows = ''] = renderFindings([{ ...finding, title: LONG }], 60, '').split('1 finding');
  const titles = rows.trimEnd().split('\n').slice(0, -1);

  expect(titles.filter((line) => line.length > 60)).toEqual([]);
  expect(titles.slice(1).every((line) => line.startsWith('          '))).toBe(true);
  expect(titles.join(' ').replace(/\s+/g, ' ')).toContain(LONG);
});

test('what explains it is no wider than is asked for, but for ids and commands', () => {
  const explanation = `${LONG}. Going back ends it.`;
  const [told = ''] = explain({ ...finding, title: LONG, explanation }, 60).split('\nEvidence');

  expect(told.split('\n').filter((line) => line.length > 60)).toEqual([]);
  expect(told.replace(/\s+/g, ' ')).toContain(explanation);
});
