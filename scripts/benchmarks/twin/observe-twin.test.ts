import { expect, test } from '@jest/globals';
import { Twin } from '../../../packages/simulator/src/index.ts';
import { TwinObserver } from './observe-twin.ts';
import { HEALTHY_MINUTES, type TwinFault, twinScenario } from './twin-scenario.ts';

function toldDeploys(kind: TwinFault, seed: number) {
  const twin = new Twin(twinScenario(kind, seed));
  const start = twin.now;
  return new TwinObserver(twin)
    .deploys()
    .map((fact) => ({ minute: (fact.at - start) / 60_000, version: fact.kind === 'deploy' && fact.version }));
}

test.each<[TwinFault, number, object[]]>([
  ['healthy', 1, []],
  ['healthy', 2, [{ minute: 85, version: '2' }]],
  ['bad-deploy', 1, [{ minute: HEALTHY_MINUTES, version: '2' }]],
  [
    'bad-deploy',
    2,
    [
      { minute: 85, version: '2' },
      { minute: HEALTHY_MINUTES, version: '3' },
    ],
  ],
])('the trail of %s %d tells each deploy with the number that its version gets', (kind, seed, deploys) => {
  expect(toldDeploys(kind, seed)).toEqual(deploys);
});
