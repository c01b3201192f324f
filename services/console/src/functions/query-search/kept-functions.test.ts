import { expect, test } from '@jest/globals';
import type { AuditQuery } from '@lamplighter/contracts';
import { answered, fakeServices, NOW } from '../../../test/fake-services.ts';
import { keptFunctions } from './kept-functions.ts';

test('names of functions are asked for once, minutes each time', async () => {
  const asked: string[] = [];
  const audit = async ({ kind }: AuditQuery) => {
    asked.push(kind);
    return kind === 'functions'
      ? answered({ kind, functions: [] })
      : answered({ kind: 'windows' as const, windows: [] });
  };
  const services = keptFunctions(fakeServices({ audit }), () => NOW);
  const minutes = { kind: 'windows', functionName: 'pay', since: 0, until: 60_000 } as const;

  for (const query of [{ kind: 'functions' }, minutes, { kind: 'functions' }, minutes] as const)
    await services.audit(query);

  expect(asked).toEqual(['functions', 'windows', 'windows']);
});
