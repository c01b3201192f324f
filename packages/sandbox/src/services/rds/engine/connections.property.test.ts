import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Connections } from './connections.ts';
import type { Engine } from './engine.ts';

/** A database that notes who runs what, and takes its time. */
function notingEngine(notes: string[]): Engine {
  let user = 'master';
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  return {
    async query(sql) {
      await turn();
      notes.push(`${user}: ${sql}`);
      if (sql === 'bad') throw new Error('bad');
      return { command: '', columns: [], rows: [], affectedRows: 0 };
    },
    async script(sql) {
      await turn();
      user = /authorization "(\w+)"/.exec(sql)?.[1] ?? user;
    },
    stop: async () => undefined,
  };
}

interface Session {
  readonly user: string;
  readonly statements: readonly string[];
  readonly givesUp: boolean;
}

const session = fc.record({
  user: fc.constantFrom('a', 'b', 'c'),
  statements: fc.array(fc.constantFrom('one', 'two', 'set x = 1', 'bad'), { maxLength: 4 }),
  givesUp: fc.boolean(),
});

test('any crowd of sessions is served one after the other, in the order of its coming, each as its own user, and none is left over', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(session, { maxLength: 8 }), async (sessions) => {
      const notes: string[] = [];
      const connections = new Connections({
        masterUser: 'master',
        start: async () => notingEngine(notes),
        maxConnections: () => 100,
      });
      const served: number[] = [];
      await Promise.all(sessions.map((one, index) => serve(connections, one, () => served.push(index))));

      const ofServed = served.flatMap((index) => {
        const { user, statements } = sessions[index] as Session;
        return statements.map((sql) => `${user}: ${sql}`);
      });
      expect(notes).toEqual(ofServed);
      expect(served).toEqual(served.toSorted((left, right) => left - right));
      expect(served.length).toBeGreaterThanOrEqual(sessions.filter(({ givesUp }) => !givesUp).length);
      expect(connections.open).toBe(0);
    }),
    { numRuns: 50 },
  );
});

async function serve(connections: Connections, { user, statements, givesUp }: Session, onServed: () => void) {
  const patience = new AbortController();
  const connecting = connections.connect({ user, patience: patience.signal, admit: async () => undefined });
  if (givesUp) patience.abort(new Error('gave up'));
  const connection = await connecting.catch(() => undefined);
  if (!connection) return;
  onServed();
  for (const sql of statements) await connection.run(sql).catch(() => undefined);
  await connection.release();
  await connection.release();
}
