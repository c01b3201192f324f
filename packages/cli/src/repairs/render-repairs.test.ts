import { expect, test } from '@jest/globals';
import { RemediationChanged } from '@lamplighter/contracts';
import { plain } from '../terminal/paint.ts';
import { renderDone, renderRepair, renderRepairs } from './render-repairs.ts';

const { remediation } = RemediationChanged.example;
test('a repair is a line with its state and time', () => {
  expect(renderRepairs([remediation], plain)).toBe(
    `kept               ${remediation.remediationId}  Raise the memory of reservation-mobile-api from 512 to 1,024 MB  2023-11-14 22:23 UTC\n1 repair\n`,
  );
});

test('one repair tells why, at what cost, what came of it, and what makes it permanent', () => {
  expect(
    renderRepair(remediation, plain),
  ).toBe(`Raise the memory of reservation-mobile-api from 512 to 1,024 MB  kept 2023-11-14 22:23 UTC

  repair    lambda-memory-1700000400000-8f14e45f
  finding   out-of-memory/123456789012/us-east-1/reservation-mobile-api/1700000400000
  why       Seven of 400 invocations ran out of 512 MB; the largest that ended used 498 MB.
  evidence  7 invocations ran out of memory since 22:20 UTC.
  cost      +$0.012 an hour, +$8.76 a month
  risk      low
  undo      The memory is set back to 512 MB.
  measured  out-of-memory 0.0175 -> 0 share, wanted 0, over 3 minutes

Make it permanent
  functions:
    mobile-api:
      memorySize: 1024
`);
});

test('in a narrow window a sentence goes on below itself, and an id is not broken', () => {
  const lines = renderRepair(remediation, plain, { width: 60 }).split('\n');

  expect(lines).toContain('  why       Seven of 400 invocations ran out of 512 MB; the');
  expect(lines).toContain('            largest that ended used 498 MB.');
  expect(lines).toContain(`  finding   ${remediation.findingId}`);
});

test('what was done about a finding leads to the repair, and a repair to what carried it out', () => {
  const arn = 'arn:aws:states:us-east-1:1:execution:lamplighter-dev-remediation:r';

  expect(renderDone([], plain)).toBe('');
  expect(renderDone([remediation], plain, ' --stage prod')).toContain(
    `    pnpm lamplighter repairs ${remediation.remediationId} --stage prod\n`,
  );
  expect(renderRepair(remediation, plain, { executionArn: arn })).toContain(`  execution ${arn}\n`);
});

test('a refusal says what would lift it, and hostile text stays text', () => {
  const refusals = [{ rail: 'allow-list', reason: '\u001b[31mmay not.', lift: 'Add it.' }];

  expect(renderRepair({ ...remediation, state: 'refused', refusals }, plain)).toContain(
    '  refused   allow-list: \\x1b[31mmay not. Add it.\n',
  );
});

test('what the adviser cost is told, and that nobody knows it', () => {
  const adviser = { modelId: 'a-model', isUsed: true, inputTokens: 700, outputTokens: 9 };

  expect(renderRepair({ ...remediation, adviser: { ...adviser, costUsd: 0.00079 } }, plain)).toContain(
    '  adviser   $0.000790 for 700 + 9 tokens of a-model, its order was taken\n',
  );
  expect(renderRepair({ ...remediation, adviser }, plain)).toContain('  adviser   unknown USD for 700 + 9 tokens');
});

test('what failed before it changed anything is told apart from what failed half-way', () => {
  const failed = { ...remediation, state: 'failed' as const, failure: 'The snapshot could not be taken.' };

  expect(renderRepairs([{ ...failed, untouched: true as const }], plain)).toMatch(/^failed, untouched {2}/);
  expect(renderRepairs([failed], plain)).toMatch(/^failed {13}/);
});

test('what was for a while and has been taken back is not said to be in force', () => {
  expect(renderRepairs([{ ...remediation, takenBack: true }], plain)).toMatch(/^kept, taken back {3}/);
});

test('what was withdrawn is not said to be rolled back, and says why', () => {
  const over = { ...remediation, state: 'rolled-back' as const, withdrawn: 'It is no longer advised.' };

  expect(renderRepairs([over], plain)).toMatch(/^withdrawn {10}/);
  expect(renderRepair(over, plain)).toContain('  withdrawn It is no longer advised.\n');
  expect(renderRepair(over, plain)).not.toContain('rolled-back');
});

test('what costs nothing says so', () => {
  expect(renderRepair({ ...remediation, costPerHourUsd: 0, costPerMonthUsd: 0 }, plain)).toContain(
    '  cost      nothing\n',
  );
});

test('in a window of 60 columns no line is broken but between words', () => {
  const lines = renderRepairs([remediation], plain, 60).split('\n');

  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(60);
  expect(lines[0]).toMatch(/^kept {15}Raise the memory of$/);
});
