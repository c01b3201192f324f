import { existsSync } from 'node:fs';

/** Where Debian puts it, and where others do. */
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** What somebody does who has none. */
export const WAY_TO_CHROMIUM = 'A browser needs Chromium: apt-get install chromium, or name another by CHROMIUM.';

/** How the machine's Chromium is launched; undefined where there is none. As root, as in CI, its own sandbox cannot run. */
export function chromiumLaunch(): { readonly executablePath: string; readonly args: string[] } | undefined {
  const executablePath = process.env.CHROMIUM ?? PLACES.find((place) => existsSync(place));
  return executablePath === undefined
    ? undefined
    : { executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] };
}
