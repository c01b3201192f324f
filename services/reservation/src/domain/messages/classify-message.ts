import type { ReservationMessage } from './reservation-message.ts';

/** Something well-formed that is no reservation to keep. */
export interface SetAside {
  readonly code:
    | 'NOT_A_RESERVATION'
    | 'NOT_A_HOTEL'
    | 'ANSWER_ONLY'
    | 'NOT_BINDING'
    | 'NO_IDENTIFIER'
    | 'UNKNOWN_KIND'
    | 'EMPTY';
  /** The element or attribute that decided. */
  readonly element: string;
  /** One sentence. */
  readonly reason: string;
}

const HOTEL_SECTOR = '3';
const CANCELLATION_ID = '15';
/** OpenTravel's TransactionActionType that asks for nothing to be kept. */
const NOT_BINDING = /^(ignore|quote|hold quote|lookto?|requested|verify)$/i;

/** The reason why a document without any of the roots of reservation messages holds no reservation. */
export function setAsideByRoot(root: string, body: string | undefined): SetAside {
  if (root === 'Envelope' && body === undefined)
    return { code: 'EMPTY', element: 'Envelope/Body', reason: 'The SOAP body of the message is empty.' };
  const element = root === 'Envelope' ? body! : root;
  return { code: 'NOT_A_RESERVATION', element, reason: `A message ${element} carries no reservation.` };
}

/** A cancellation of something else than a hotel reservation, or one that is only asked about. */
export function setAsideCancel(message: {
  readonly root: string;
  readonly cancelType: string | undefined;
  readonly sectors: readonly (string | undefined)[];
  readonly airline: string | undefined;
}): SetAside | undefined {
  const element = message.root;
  if (message.airline !== undefined)
    return {
      code: 'NOT_A_HOTEL',
      element: `${element}/POS/Source/@AirlineVendorID`,
      reason: 'It cancels an airline reservation.',
    };
  if (message.sectors.some((sector) => sector !== undefined && sector !== HOTEL_SECTOR))
    return {
      code: 'NOT_A_HOTEL',
      element: `${element}//@TravelSector`,
      reason: 'It cancels something of another travel sector than hotels.',
    };
  return NOT_BINDING.test(message.cancelType ?? '')
    ? { code: 'NOT_BINDING', element: `${element}/@CancelType`, reason: 'It asks about a cancellation and makes none.' }
    : undefined;
}

/** A status that asks for nothing to be kept, such as an enquiry or a quote. */
export function setAsideStatus(element: string, statuses: readonly (string | undefined)[]): SetAside | undefined {
  return statuses.some((status) => NOT_BINDING.test(status ?? ''))
    ? {
        code: 'NOT_BINDING',
        element: `${element}/@ResStatus`,
        reason: 'Its status makes it an enquiry, not a reservation.',
      }
    : undefined;
}

/** What a reservation of a message does. Its own status comes before that of the message. */
export function kindOf(message: {
  readonly root: string;
  readonly rootStatus: string | undefined;
  readonly status: string | undefined;
  readonly idTypes: readonly (string | undefined)[];
}): ReservationMessage['kind'] {
  const isCancel = [message.status, message.rootStatus].some((status) => /^cancel/i.test(status ?? ''));
  if (isCancel || message.idTypes.includes(CANCELLATION_ID)) return 'cancel';
  const isModify = [message.status, message.rootStatus].some((status) => /^modif/i.test(status ?? ''));
  return isModify || message.root.includes('Modify') ? 'modify' : 'create';
}
