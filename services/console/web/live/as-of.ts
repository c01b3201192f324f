import { clockTime } from '../text/say-figures.ts';
import { serverNow } from './api-client.ts';

/** `03:12:09 UTC`: the server's time when an answer came that this machine's clock saw at `answeredAt`. */
export const asOf = (answeredAt: number): string =>
  `${clockTime(answeredAt + serverNow() - Date.now()).slice(0, 8)} UTC`;
