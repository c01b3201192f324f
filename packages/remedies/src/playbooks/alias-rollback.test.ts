import { expect, test } from '@jest/globals';
import { aFinding, aFunction, CALM } from '../testing/a-context.ts';
import { aliasRollback } from './alias-rollback.ts';

const RELEASED = 120;
const ALL = Array.from({ length: RELEASED }, (_, at) => String(RELEASED - at));
const FINDING = aFinding('bad-deploy', { causes: [{ kind: 'deploy', name: `version ${RELEASED}`, evidence: [] }] });

/** Back from the newest version, where these versions are there and those served in the hour before. */
const rolledBack = (versions: readonly string[], served: readonly string[]) =>
  aliasRollback.propose({
    finding: FINDING,
    now: 0,
    traffic: CALM,
    normal: { ...CALM, byVersion: served.map((version) => ({ version, calls: 5_000, failures: 0 })) },
    function: aFunction({ aliases: [{ name: 'live', version: String(RELEASED), weights: {} }], versions }),
  });

test('of many versions the one that served is gone back to', () => {
  expect(rolledBack(ALL, ['119'])).toMatchObject({
    change: { version: '119' },
    reason: 'Version 120 fails or is slow where version 119 was not.',
  });
});

test('what served and was deleted since is not replaced by a version that nobody measured', () => {
  const without119 = ALL.filter((version) => version !== '119');

  expect(rolledBack(without119, ['119'])).toBeUndefined();
  expect(rolledBack(without119, ['119', '117'])).toMatchObject({ change: { version: '117' } });
});

test('where nobody was measured before, the newest before it is offered as what it is', () => {
  expect(rolledBack(ALL, [])).toMatchObject({
    change: { version: '119' },
    reason: expect.stringContaining('not known'),
  });
});

/** Of an alias that points to `version` and sends shares to others, where version 120 is bad. */
const rolledBackFrom = (version: string, weights: Readonly<Record<string, number>>) =>
  aliasRollback.propose({
    finding: FINDING,
    now: 0,
    traffic: CALM,
    function: aFunction({ aliases: [{ name: 'live', version, weights }], versions: ['121', ...ALL] }),
  });

test('a release step by step is taken back, and says that its next step has to be stopped', () => {
  const proposal = rolledBackFrom('119', { 120: 0.1 });

  expect(proposal).toMatchObject({ change: { version: '119', weights: {} } });
  expect(proposal).not.toHaveProperty('obstacle');
  expect(proposal?.reason).toContain('stop-deployment');
});

test('a release away from the bad version is not ended', () => {
  expect(rolledBackFrom('120', { 121: 0.1 })?.obstacle).toMatchObject({ reason: expect.stringContaining('on to 121') });
});

test('a release that has the new version first, and leaves the old one a share, is taken back', () => {
  const proposal = rolledBackFrom('120', { 119: 0.5 });

  expect(proposal).toMatchObject({ change: { version: '119', weights: {} } });
  expect(proposal).not.toHaveProperty('obstacle');
});
