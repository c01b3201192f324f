import type { TextReader } from './event-sink.ts';

interface LineHandlers {
  line(text: string): void;
  /** Called instead of `line` for a line beyond `maxLength`, with its length. */
  tooLong(length: number): void;
}

/** Cuts text into lines (LF or CR LF); an overlong line is counted, never kept. */
export function lineSplitter(maxLength: number, handlers: LineHandlers): TextReader {
  let rest = '';
  let skipped = 0;
  const emit = (text: string): void => {
    const line = text.endsWith('\r') ? text.slice(0, -1) : text;
    if (skipped > 0 || line.length > maxLength) handlers.tooLong(skipped + line.length);
    else handlers.line(line);
    skipped = 0;
  };
  return {
    push(chunk) {
      let start = 0;
      for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', start)) {
        emit(rest + chunk.slice(start, end));
        rest = '';
        start = end + 1;
      }
      rest += chunk.slice(start);
      if (rest.length > maxLength + 1) {
        skipped += rest.length;
        rest = '';
      }
    },
    end() {
      if (rest.length > 0 || skipped > 0) emit(rest);
      rest = '';
    },
  };
}
