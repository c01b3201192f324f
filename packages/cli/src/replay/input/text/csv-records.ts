import type { TextReader } from '../event-sink.ts';

/** Cuts CSV (RFC 4180: quoted fields may hold commas, doubled quotes and line ends) into records. */
export function csvRecords(emit: (fields: readonly string[]) => void): TextReader {
  let fields: string[] = [];
  let field = '';
  let state: 'start' | 'plain' | 'quoted' | 'quote' = 'start';
  const endField = (): void => {
    fields.push(field);
    field = '';
    state = 'start';
  };
  const endRecord = (): void => {
    endField();
    if (fields.length > 1 || fields[0] !== '') emit(fields);
    fields = [];
  };
  const step = (character: string): void => {
    if (state === 'quoted') {
      if (character === '"') state = 'quote';
      else field += character;
    } else if (character === '"' && state === 'quote') {
      field += '"';
      state = 'quoted';
    } else if (character === '"' && state === 'start') state = 'quoted';
    else if (character === ',') endField();
    else if (character === '\n') endRecord();
    else if (character !== '\r') {
      field += character;
      if (state === 'start') state = 'plain';
    }
  };
  return {
    push(chunk) {
      for (const character of chunk) step(character);
    },
    end() {
      if (field !== '' || fields.length > 0) endRecord();
    },
  };
}
