/** A line as its application told it, without what stands beside it already. */
export interface ToldLine {
  readonly level?: string;
  readonly text: string;
}

/** What Lambda's Node.js runtime puts before a line of text: time, request id, level, each followed by a tab. */
const PREFIX = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z\t([0-9a-f-]{36}|undefined)\t([A-Z]+)\t/;

/** Takes the runtime's prefix off a line that bears this request's id; any other line is told as it is. */
export function toldLine(message: string, requestId: string): ToldLine {
  const [prefix, id, level] = PREFIX.exec(message.slice(0, 100)) ?? [];
  if (prefix === undefined || level === undefined || id !== requestId) return { text: message };
  return { level, text: message.slice(prefix.length) };
}
