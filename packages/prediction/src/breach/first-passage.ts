import type { Climb } from '../forecast/climb.ts';
import { normalCdf } from './normal-cdf.ts';

/** Quantiles of a normal variable at 10, 30, 50, 70 and 90 %: five climbs that are equally likely. */
const CLIMBS = [-1.2816, -0.5244, 0, 0.5244, 1.2816];
/** Equally likely moments at which it stops. */
const STOPS = 8;
const CERTAIN = 1e-6;

/**
 * That a limit is hit until each coming minute (index 0: now). What has climbed for y minutes goes on for x more with probability y / (y + x) (Gott, Nature
 * 363, 1993) and then stays where it is; on the way, and while it stays, each minute's highest lies around the climb by its noise, and one that passes the limit
 * suffices.
 */
export function passageOf({ means, sds, noise }: Climb, lastedMinutes: number, limit: number): number[] {
  const hit = Array<number>(means.length).fill(0);
  const share = 1 / (CLIMBS.length * STOPS);
  for (const z of CLIMBS) {
    const safe = means.map((mean, minute) => stays(mean + z * sds[minute]!, noise, limit));
    for (let stop = 0; stop < STOPS; stop++) {
      const quantile = (stop + 0.5) / STOPS;
      const stopsAt = Math.floor((lastedMinutes * quantile) / (1 - quantile));
      let survives = 1;
      for (let minute = 1; minute < hit.length; minute++) {
        if (survives > CERTAIN) survives *= safe[Math.min(minute, stopsAt)]!;
        hit[minute]! += share * (1 - survives);
      }
    }
  }
  return hit;
}

/** That a minute stays below the limit. */
const stays = (level: number, noise: number, limit: number): number =>
  noise > 0 ? normalCdf((limit - level) / noise) : level < limit ? 1 : 0;
