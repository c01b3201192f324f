/** Below this many characters no text can cost more memory than a Lambda function has to spare, so it is not looked at. */
const ALWAYS_FINE_CHARACTERS = 1024 * 1024;
const MAX_DEPTH = 100;
const MAX_CONTAINERS = 1_000_000;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Whether parsing would build an absurd number of objects: JSON.parse itself does not overflow on depth, but each `[` of a bomb
 * costs some forty bytes of heap. One pass, O(n); text between quotes is skipped natively.
 */
export function isTooComplex(json: string): boolean {
  if (json.length <= ALWAYS_FINE_CHARACTERS) return false;
  let depth = 0;
  let containers = 0;
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(json, at);
    } else if (code === 0x5b || code === 0x7b) {
      if (++depth > MAX_DEPTH || ++containers > MAX_CONTAINERS) return true;
    } else if (code === 0x5d || code === 0x7d) {
      depth--;
    }
  }
  return false;
}

function endOfString(json: string, open: number): number {
  for (let quote = json.indexOf('"', open + 1); quote !== -1; quote = json.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (json.charCodeAt(quote - 1 - backslashes) === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return quote;
  }
  return json.length;
}
