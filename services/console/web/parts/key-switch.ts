const NAME = 'lamplighter.keys';

/** Not known until a key is pressed: to look costs the first look at the page a question to another process. */
let areOn: boolean | undefined;

/** Whether single keys do something (WCAG 2.1.4: who speaks to a computer, or slips, can turn them off). */
export const areKeysOn = (): boolean => {
  areOn ??= read();
  return areOn;
};

/** Turns them on or off, in this browser from now on; where it may keep nothing, until the page is left. */
export function turnKeys(isOn: boolean): void {
  areOn = isOn;
  try {
    localStorage.setItem(NAME, isOn ? 'on' : 'off');
  } catch {}
}

function read(): boolean {
  try {
    return localStorage.getItem(NAME) !== 'off';
  } catch {
    return true;
  }
}
