import { parseTime } from './time-prefix.ts';

const OWN_TIME = [
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)[\t ]/, // Node, .NET, a timeout
  /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} \([+-]\d\d:\d\d\))\t/, // `sls logs` before 2020, which left START and END bare
  /^\[[A-Z]+\]\t(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)\t/, // Python
  /^\{.{0,2000}?"(?:time|timestamp)"\s*:\s*"([^"]{19,40})"/s, // JSON log format
];

/** The time that a runtime wrote into the message itself, epoch milliseconds. */
export function readOwnTime(message: string): number | undefined {
  for (const pattern of OWN_TIME) {
    const text = pattern.exec(message)?.[1];
    const timestamp = text === undefined ? undefined : (parseTime(text.replace(/(\.\d{3})\d*/, '$1')) ?? NaN);
    if (timestamp !== undefined && !Number.isNaN(timestamp)) return timestamp;
  }
  return undefined;
}
