import type { Extracted } from '@lamplighter/xml-extract';
import type { OTA_SHAPE } from './ota-shape.ts';

/** What the paths of {@link OTA_SHAPE} yield: texts as they stand in the message. */
export type OtaDocument = Extracted<typeof OTA_SHAPE>;
export type OtaMessage = OtaDocument['messages'][number];
export type OtaReservation = OtaMessage['reservations'][number];
export type OtaRoomStay = OtaReservation['roomStays'][number];
export type OtaGuest = OtaReservation['guests'][number];
