import type { Sandbox, Stack } from '@lamplighter/sandbox';
import { COMMAND } from '../command-name.ts';
import type { Paint } from '../terminal/paint.ts';

export interface House {
  readonly sandbox: Sandbox;
  readonly stacks: readonly Stack[];
  readonly stage: string;
  /** Where the console is. */
  readonly pageUrl: string;
}

/** What was deployed, where it answers, and what to try. */
export function describeHouse(
  { sandbox, stacks, stage, pageUrl }: House,
  paint: Paint,
  withResources: boolean,
): string {
  const { endpoint, region, credentials } = sandbox;
  const group = `/aws/lambda/lamplighter-ingestion-${stage}-subscribe-log-group`;
  return [
    `${paint('bold', 'Lamplighter is up')} at ${paint('cyan', endpoint)}, its console at ${paint('cyan', pageUrl)}`,
    '',
    `export AWS_ENDPOINT_URL=${endpoint} AWS_REGION=${region} AWS_DEFAULT_REGION=${region}`,
    `export AWS_ACCESS_KEY_ID=${credentials.accessKeyId} AWS_SECRET_ACCESS_KEY=${credentials.secretAccessKey}`,
    '',
    ...stacks.flatMap((stack) => [
      ...describeStack(sandbox, stack, paint),
      ...(withResources ? [...describeResources(stack, paint), ''] : []),
    ]),
    '',
    paint('bold', 'Try'),
    `  aws --endpoint-url ${endpoint} logs create-log-group --log-group-name /aws/lambda/hello   ${paint('dim', '# is subscribed by itself')}`,
    `  aws --endpoint-url ${endpoint} logs filter-log-events --log-group-name ${group}`,
    `  ${COMMAND} audit --endpoint ${endpoint} REQUEST_ID`,
    `  ${COMMAND} findings --endpoint ${endpoint}`,
    '',
    paint('dim', 'Ctrl-C stops it.'),
    '',
  ].join('\n');
}

const isApi = (value: string): boolean => value.includes('.execute-api.');

/** A line a stack: its size, and where its HTTP APIs answer. */
function describeStack(sandbox: Sandbox, { name, resources, outputs }: Stack, paint: Paint): readonly string[] {
  const apis = [...new Set(Object.values(outputs).filter(isApi))].map((url) => paint('cyan', sandbox.reachable(url)));
  const size = paint('dim', `${String(Object.keys(resources).length).padStart(3)} resources`);
  return [[name.padEnd(28), size, ...apis].join('  ')];
}

/** A stack's resources by type: those with a name of their own by it. */
function describeResources({ resources }: Stack, paint: Paint): readonly string[] {
  const byType = Map.groupBy(Object.values(resources), ({ type }) => type);
  return [...byType]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([type, some]) => {
      const names = some.map(({ physicalId }) => shortName(physicalId)).join(', ');
      return `  ${paint('dim', type.replace(/^AWS::/, '').padEnd(34))}${names}`;
    });
}

/** The last part of an ARN or of a URL. */
function shortName(physicalId: string): string {
  return physicalId.startsWith('arn:') || physicalId.startsWith('http')
    ? (physicalId.split(/[/:]/).at(-1) ?? physicalId)
    : physicalId;
}
