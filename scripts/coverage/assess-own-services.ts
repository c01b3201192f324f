import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  assessCoverage,
  type CoverageReport,
  type Exemption,
  renderCoverage,
  type Template,
} from '../../packages/coverage/src/index.ts';
import { type PackagedService, packageServices, readTemplate } from '../../packages/sandbox/src/packaging/index.ts';
import { listServiceFolders } from '../workspace-services.ts';

/** An exemption of a service of this repository; each has been read by a reviewer. */
interface OwnExemption extends Exemption {
  readonly service: string;
}

export interface OwnCoverage {
  /** The service, and the door where it has two. */
  readonly name: string;
  readonly service: string;
  readonly report: CoverageReport;
}

/** What a service of this repository has to reach, in percent: all that is not exempt. */
const MINIMUM_PCT = 100;
/** Lamplighter's own hourly round subscribes the sample's log groups: it is a watched service like any other. */
const ACCOUNT_WATCHED = 'reservation';

const DOORS = ['direct', 'stream'] as const;

/** Coverage of every service of this repository, as packaged; of ingestion through both doors. */
export async function assessOwnServices(): Promise<readonly OwnCoverage[]> {
  const exemptions = await readOwnExemptions();
  const requests = listServiceFolders().flatMap((serviceDir) =>
    (serviceDir.endsWith('ingestion') ? DOORS : DOORS.slice(0, 1)).map((door) => ({
      serviceDir,
      stage: 'dev',
      region: 'us-east-1',
      params: { door },
      door,
    })),
  );
  const packaged = await packageServices(requests);
  return Promise.all(packaged.map((each, at) => assess(each, requests[at]?.door ?? 'direct', exemptions)));
}

async function assess(
  packaged: PackagedService,
  door: string,
  exemptions: readonly OwnExemption[],
): Promise<OwnCoverage> {
  const { service } = packaged;
  const accountWatched = service === ACCOUNT_WATCHED;
  const own = exemptions.filter((each) => each.service === service);
  const report = assessCoverage((await readTemplate(packaged)) as Template, { exemptions: own, accountWatched });
  return { name: door === 'direct' ? service : `${service} (${door})`, service, report };
}

/** What is wrong with a service's coverage, as lines; none where it holds its standard. */
export function faultsOf({ name, report }: OwnCoverage): readonly string[] {
  const idle = report.idleExemptions.map(
    ({ resource }) => `${name}: the exemption of ${resource} is not needed any more`,
  );
  if (report.coveragePct >= MINIMUM_PCT) return idle;
  return [
    `${name}: monitoring coverage is ${report.coveragePct} %, ${MINIMUM_PCT} % is wanted`,
    ...renderCoverage(report).filter((line) => !line.startsWith('  + ')),
    ...idle,
  ];
}

export async function readOwnExemptions(): Promise<readonly OwnExemption[]> {
  return JSON.parse(await readFile(join(import.meta.dirname, 'own-exemptions.json'), 'utf8')) as OwnExemption[];
}
