import { beforeAll, describe, expect, test } from '@jest/globals';
import { assessOwnServices, faultsOf, type OwnCoverage, readOwnExemptions } from './assess-own-services.ts';

let services: readonly OwnCoverage[];
beforeAll(async () => {
  services = await assessOwnServices();
}, 600_000);

describe('our own stacks', () => {
  test('are watched, all but what is exempt', () => {
    expect(services.flatMap(faultsOf)).toEqual([]);
  });

  test('are all of them, ingestion through both doors', () => {
    const names = services.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['analysis', 'backbone', 'ingestion', 'ingestion (stream)']));
  });

  test('a resource that nothing watches would be told, with the way to mend it', () => {
    const [any] = services;
    const report = { ...any!.report, coveragePct: 99.9 };
    expect(faultsOf({ ...any!, report })[0]).toMatch(/coverage is 99\.9 %, 100 % is wanted/);
  });

  test('every exemption is of a service that is there, and says why', async () => {
    const names = new Set(services.map(({ service }) => service));
    for (const { service, reason } of await readOwnExemptions()) {
      expect(names).toContain(service);
      expect(reason.length).toBeGreaterThan(20);
    }
  });
});
