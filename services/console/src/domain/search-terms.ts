/** What a search text may be, by its looks. More than one may hold; each is tried. */
export interface SearchTerms {
  /** Of a request: Lambda's and most others' ids are UUIDs. */
  readonly requestId?: string;
  /** Of a message: digits; its stream where it stands before them, as in `orders 4961…` or `orders/4961…`. */
  readonly message?: { readonly stream?: string; readonly sequenceNumber: string };
  /** Anything else: a name, or part of an error's text. */
  readonly text: string;
}

const REQUEST_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const MESSAGE = /^(?:(?<stream>\S+?)[\s/:#]+)?(?<sequenceNumber>\d{1,128})$/;
const MOST_CHARACTERS = 300;

/** Reads a search text: white space around it and beyond 300 characters does not count. */
export function searchTerms(given: string): SearchTerms {
  const text = given.trim().slice(0, MOST_CHARACTERS);
  const message = MESSAGE.exec(text)?.groups;
  return {
    text,
    ...(REQUEST_ID.test(text) && { requestId: text.toLowerCase() }),
    ...(message?.sequenceNumber && {
      message: {
        sequenceNumber: message.sequenceNumber,
        ...(message.stream && { stream: message.stream }),
      },
    }),
  };
}
