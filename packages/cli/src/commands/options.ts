import { type Command, Option } from 'commander';

/** Options of commands that ask a deployment's service, or a running sandbox's. */
export const inDeployment = (command: Command, service: string): Command =>
  command
    .option('--endpoint <url>', 'a running `lamplighter up`; AWS_ENDPOINT_URL where absent')
    .option('--region <region>', 'look at AWS, in this region')
    .option('--stage <stage>', `stage of the ${service} service`)
    .option('--json', 'print JSON');

/** Options of commands that read what functions did in a span of time. */
export const inTime = (command: Command): Command =>
  inDeployment(
    command
      .option('--since <time>', 'not before (2h, 2026-11-21, 2026-11-21T09:00:00Z)')
      .option('--until <time>', 'before'),
    'ingestion',
  );

/** `--door`: how logs reach the house. */
export const doorOption = (): Option =>
  new Option('--door <door>', 'how logs come in: straight to a function, or through a Kinesis stream')
    .choices(['direct', 'stream'])
    .default('direct');

/** The values of an option that may be given several times. */
export const collect = (value: string, previous: readonly string[]): readonly string[] => [...previous, value];
