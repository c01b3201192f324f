import type { Finding } from '../../../packages/contracts/src/index.ts';
import type { OpenedFinding } from './run-twin.ts';
import type { TwinFault } from './twin-scenario.ts';

export interface TwinRun {
  readonly seed: number;
  readonly opened: readonly OpenedFinding[];
}

export interface FaultRow {
  readonly fault: TwinFault;
  readonly runs: number;
  readonly found: number;
  /** Runs whose right finding names the culprit: as its first cause, or, where the function itself is to blame, as its resource. */
  readonly culprit: number;
  readonly withinTwo: number;
  /** Findings of a wrong class or of another function, and those before the onset. */
  readonly falseFindings: number;
  readonly precision: number | string;
  readonly recall: number | string;
  /** Windows from the onset, 1 is the first bad one. */
  readonly median: number | string;
  readonly slowest: number | string;
  readonly namedAs: string;
}

interface Truth {
  /** The right classes, the best first: a creep is a slow-down before it is a timeout. */
  readonly classes: readonly Finding['class'][];
  readonly functionName: string;
  /** What the first cause names; absent: the function itself. */
  readonly culprit?: RegExp;
}

const TRUTHS: Readonly<Record<TwinFault, Truth | undefined>> = {
  'error-rate': { classes: ['error-burst'], functionName: 'bookings' },
  'memory-leak': { classes: ['memory-leak'], functionName: 'bookings' },
  'timeout-creep': { classes: ['slow-down', 'timeout-risk', 'timeouts'], functionName: 'bookings' },
  'cold-start-storm': { classes: ['cold-starts'], functionName: 'bookings' },
  'slow-query': { classes: ['dependency-slow'], functionName: 'bookings', culprit: /^bookings-db$/ },
  'connection-pressure': { classes: ['connection-pressure'], functionName: 'bookings', culprit: /^bookings-db$/ },
  'throttled-dependency': { classes: ['connection-pressure'], functionName: 'bookings', culprit: /^items$/ },
  'poison-message': {
    classes: ['poison-message'],
    functionName: 'project-changes',
    culprit: /^changes:.*989136588898$/,
  },
  'poison-in-queue': { classes: ['poison-message'], functionName: 'send-mail', culprit: /^mails:.*989136588898$/ },
  'bad-deploy': { classes: ['bad-deploy'], functionName: 'bookings', culprit: /^version / },
  'slow-deploy': { classes: ['bad-deploy'], functionName: 'bookings', culprit: /^version / },
  healthy: undefined,
};

/** What came of the runs of one fault. */
export function faultRow(fault: TwinFault, runs: readonly TwinRun[]): FaultRow {
  const truth = TRUTHS[fault];
  const isRight = ({ finding, minutes }: OpenedFinding): boolean =>
    truth !== undefined &&
    minutes >= 1 &&
    truth.classes.includes(finding.class) &&
    finding.resource.name === truth.functionName;
  const hits = runs.flatMap(({ opened }) => opened.find(isRight) ?? []);
  const culprit = hits.filter(({ finding }) => truth?.culprit?.test(finding.causes[0]?.name ?? '') ?? true);
  const falseFindings = runs.reduce((sum, { opened }) => sum + opened.filter((each) => !isRight(each)).length, 0);
  const minutes = hits.map((hit) => hit.minutes).sort((a, b) => a - b);
  const classes = runs.flatMap(({ opened }) => opened.map(({ finding }) => finding.class));
  const share = (part: number, whole: number) => (whole === 0 ? '' : Math.round((part / whole) * 1000) / 1000);
  return {
    fault,
    runs: runs.length,
    found: hits.length,
    culprit: culprit.length,
    withinTwo: minutes.filter((each) => each <= 2).length,
    falseFindings,
    precision: share(hits.length, hits.length + falseFindings),
    recall: truth === undefined ? '' : share(hits.length, runs.length),
    median: minutes[Math.floor(minutes.length / 2)] ?? '',
    slowest: minutes.at(-1) ?? '',
    namedAs: [...new Set(classes)].map((each) => `${each} ${classes.filter((one) => one === each).length}`).join(', '),
  };
}
