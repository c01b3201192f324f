import { parseArgs } from 'node:util';
import { InputError } from '../../packages/cli/src/index.ts';

export interface DemoOptions {
  /** Plain lines instead of the live view. */
  readonly isHeadless: boolean;
  /** Seconds of the story that pass in a second, at most; as many as the machine can where absent. */
  readonly speed?: number;
  /** Stays up to be explored, until Ctrl-C. */
  readonly isKept: boolean;
  /** On 127.0.0.1; 0 takes a free one. */
  readonly port: number;
}

export const USAGE = `pnpm demo [--headless] [--speed N] [--keep] [--port N]

Black Friday at a hotel group: every stack as packaged, in an AWS inside this process. Nothing leaves this machine.

  --headless   plain lines, as fast as the machine can: for CI
  --speed N    seconds of the story that pass in one of yours, 1 to 100000 (default 30: a minute takes two seconds, or what the machine needs)
  --keep       stay up afterwards to explore the console, until Ctrl-C
  --port N     port on 127.0.0.1 (default: a free one)

pnpm demo:audit tells what one request looks like, from log files alone.
`;

/** Fast enough not to bore, slow enough to read along. */
const READABLE_SPEED = 30;
const MOST_SPEED = 100_000;

/** @throws InputError with the option that cannot be, and what would be right; undefined where help is asked for */
export function parseDemoOptions(args: readonly string[]): DemoOptions | undefined {
  const values = read(args);
  if (values.help) return undefined;
  const isHeadless = values.headless ?? false;
  const speed =
    values.speed === undefined ? undefined : wholeNumber('--speed', values.speed, { least: 1, most: MOST_SPEED });
  const own = speed ?? (isHeadless ? undefined : READABLE_SPEED);
  return {
    isHeadless,
    ...(own !== undefined && { speed: own }),
    isKept: values.keep ?? false,
    port: values.port === undefined ? 0 : wholeNumber('--port', values.port, { least: 0, most: 65_535 }),
  };
}

function read(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        headless: { type: 'boolean' },
        speed: { type: 'string' },
        keep: { type: 'boolean' },
        port: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    return values;
  } catch (cause) {
    const [problem] = (cause as Error).message.split('. ');
    throw new InputError('usage', `${problem}.`, 'See pnpm demo --help.', { cause });
  }
}

function wholeNumber(
  option: string,
  text: string,
  { least, most }: { readonly least: number; readonly most: number },
): number {
  const value = Number(text);
  if (/^\d{1,6}$/.test(text) && value >= least && value <= most) return value;
  throw new InputError('usage', `${option} ${text} cannot be.`, `Give a whole number from ${least} to ${most}.`);
}
