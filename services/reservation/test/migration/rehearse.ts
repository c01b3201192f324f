import type { FaultEffect } from '@lamplighter/sandbox';
import { jweCipher } from '../../src/adapters/jwe-cipher.ts';
import type { HistoryFormat } from '../../src/domain/migration/history-format.ts';
import { migrationObjects } from '../../src/domain/migration/migration-objects.ts';
import type { Reconciliation } from '../../src/domain/migration/reconcile.ts';
import type { StoredItinerary } from '../../src/ports.ts';
import { openItinerary } from '../../src/vault/open-itinerary.ts';
import type { DeployedReservation } from '../deployed-reservation.ts';
import { vaultOf } from '../vault-of.ts';
import type { History, HistoryTruth } from './generate-history.ts';
import { type MigrationRehearsal, migrationRehearsal, type RehearsalOrder } from './migration-rehearsal.ts';

export interface Rehearsal {
  readonly report: Reconciliation;
  readonly status: string;
  readonly items: readonly StoredItinerary[];
  readonly rows: Awaited<ReturnType<MigrationRehearsal['rows']>>;
  /** Seconds of real time by part. */
  readonly seconds: Readonly<Record<'first' | 'second' | 'third', number>>;
  /** What was done when it was killed: reports of files, shards and loads. */
  readonly killedAt: readonly (readonly [number, number, number])[];
}

/**
 * A migration that is killed in the middle of reading its files and again in the middle of sealing its shards, while its
 * functions crash between their calls, and is then started a third time.
 */
export async function rehearse(
  deployed: DeployedReservation,
  history: History,
  format: HistoryFormat,
  order: RehearsalOrder,
  onStep: (step: string) => void = () => {},
): Promise<Rehearsal> {
  const rehearsal = migrationRehearsal(deployed);
  await rehearsal.upload(order.source, history, format);
  const objects = migrationObjects(order.migrationId);
  const done = async (): Promise<readonly [number, number, number]> => [
    await rehearsal.count(objects.fileReports),
    await rehearsal.count(objects.shardReports),
    await rehearsal.count(objects.loadReports),
  ];
  const killedAt: (readonly [number, number, number])[] = [];
  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    const startedMs = performance.now();
    await work();
    return (performance.now() - startedMs) / 1_000;
  };
  const inject = (effect: FaultEffect, operation: string, role: string, nth: number) =>
    deployed.sandbox.faults.inject({
      operation,
      nth,
      caller: ({ roleArn }) => roleArn?.includes(role) ?? false,
      effect,
    });
  const crash = (operation: string, role: string, nth: number) =>
    inject({ kind: 'crash-caller', when: 'after' }, operation, role, nth);
  /** Stops the execution while a call of its functions is under way, which then comes to its end as on AWS. */
  const runAndKill = async (role: string, nthWrite: number): Promise<void> => {
    const held = inject({ kind: 'timeout' }, 'PutObject', role, nthWrite);
    const executionArn = await rehearsal.start(order);
    await rehearsal.advance(executionArn, () => held.hits > 0);
    await rehearsal.stop(executionArn);
    held.lift();
    await rehearsal.settle();
    const [files, shards, loads] = await done();
    killedAt.push([files, shards, loads]);
    onStep(
      `killed: ${files} of ${history.files.length} files split, ${shards} of ${order.shards} shards sealed, ${loads} loaded`,
    );
  };
  // A file is three writes, a shard two.
  crash('PutObject', 'MigrateSplit', 3);
  const first = await timed(() => runAndKill('MigrateSplit', 3 * Math.ceil(history.files.length / 2)));
  crash('PutItem', 'MigrateSeal', 50);
  const second = await timed(() => runAndKill('MigrateSeal', order.shards));
  crash('ExecuteStatement', 'MigrateLoad', 3);
  let status = '';
  const third = await timed(async () => {
    status = String((await rehearsal.advance(await rehearsal.start(order))).status);
  });
  onStep(`third execution: ${status}`);
  const report = await rehearsal.report(order.migrationId);
  return {
    report,
    status,
    items: await rehearsal.itineraries(order.table),
    rows: await rehearsal.rows(),
    seconds: { first, second, third },
    killedAt,
  };
}

/** What is wrong with both stores, given what the history truly has; nothing where all is right. `sample` itineraries are also opened. */
export async function differences(
  deployed: DeployedReservation,
  truth: HistoryTruth,
  { items, rows }: Pick<Rehearsal, 'items' | 'rows'>,
  sample: number,
): Promise<string[]> {
  const wrong: string[] = [];
  const check = (what: string, expected: unknown, found: unknown): void => {
    if (expected !== found) wrong.push(`${what}: ${String(expected)}, but ${String(found)}`);
  };
  check('items', truth.newest.size, items.length);
  check('rows', truth.newest.size, rows.length);
  for (const { itinerary } of items) {
    const expected = truth.newest.get(itinerary.confirmation);
    check(
      `${itinerary.confirmation} in the table`,
      expected?.changedAt,
      new Date(itinerary.version.changedAtMs).toISOString(),
    );
    check(
      `${itinerary.confirmation} is cancelled`,
      expected?.status === 'CANCELLED',
      itinerary.parts.state?.value.isCancelled,
    );
  }
  for (const row of rows) {
    const expected = truth.newest.get(String(row.confirmation));
    check(`${row.confirmation} is cancelled in the database`, expected?.status === 'CANCELLED', row.is_cancelled);
    check(`arrival of ${row.confirmation}`, expected?.arrival, row.arrival);
  }
  const { keys } = vaultOf(deployed);
  for (const { itinerary } of items.slice(0, sample)) {
    const expected = truth.newest.get(itinerary.confirmation);
    const opened = await openItinerary(itinerary, { keys, cipher: jweCipher });
    check(`e-mail of ${itinerary.confirmation}`, expected?.email, opened.itinerary.parts.guests?.value[0]?.email);
    check(`fields lost of ${itinerary.confirmation}`, 0, opened.erased);
  }
  return wrong;
}
