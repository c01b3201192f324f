import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { RecordedLine, replayRun } from './recorded-run.ts';

/** Windows, calls of the AWS API and traces of the sample under a fault, see fixtures/SOURCES.md. */
function recorded(name: string) {
  const file = new URL(`./fixtures/${name}.ndjson.gz`, import.meta.url);
  const lines = gunzipSync(readFileSync(file)).toString().trim().split('\n');
  return lines.map((line) => RecordedLine.parse(JSON.parse(line)));
}

async function openedIn(name: string) {
  const lines = recorded(name);
  const onset = lines.find((line) => line.kind === 'fault')!.onset;
  const told = await replayRun(lines);
  return told
    .filter(({ change }) => change === 'opened')
    .map(({ finding, at }) => ({
      class: finding.class,
      of: finding.resource.name,
      cause: finding.causes[0]?.name,
      window: Math.floor((at - onset) / 60_000),
    }));
}

test('environments that are replaced all the time are cold starts, and nothing else, within two windows', async () => {
  expect(await openedIn('cold-start-storm')).toEqual([
    { class: 'cold-starts', of: 'reservation-dev-api-read-itineraries', cause: undefined, window: 2 },
  ]);
});

test.each([
  // The machine was busy for an hour before: calls of three times the usual p95 are none that surprise.
  ['connection-pressure', 2],
  ['connection-pressure-late', 1],
])(
  'of ten to thirteen calls a minute two or three that hold connections are told, and who is short of them: %s, in window %d',
  async (name, window) => {
    expect((await openedIn(name)).filter((each) => each.window > 0)).toEqual([
      {
        class: 'connection-pressure',
        of: 'reservation-dev-api-change-itineraries',
        cause: 'aurora: idle in transaction',
        window,
      },
    ]);
  },
);

test('a trouble that is over, and not yet called so, hides none that begins after it', async () => {
  expect((await openedIn('timeout-creep')).filter(({ window }) => window > 0)).toEqual([
    { class: 'slow-down', of: 'reservation-dev-ingest-messages', cause: undefined, window: 2 },
  ]);
});

test.each([
  ['payment-query', 2],
  // The machine was busy until the onset: calls took as long as they do now, and only their traces are another.
  ['payment-query-busy', 3],
])(
  'a statement that takes most of each call is told by traces where durations alone prove little: %s, in window %d',
  async (name, window) => {
    expect(await openedIn(name)).toEqual([
      {
        class: 'dependency-slow',
        of: 'reservation-dev-api-change-itineraries',
        cause: 'aurora: payments of card',
        window,
      },
    ]);
  },
);

test('environments that are replaced by changes of the settings are cold starts, and no bad deploy, on a day that was slow before', async () => {
  const opened = await openedIn('cold-start-storm-late');
  expect(opened.filter(({ window }) => window > 0)).toEqual([
    { class: 'cold-starts', of: 'reservation-dev-api-read-itineraries', cause: undefined, window: 2 },
  ]);
});
