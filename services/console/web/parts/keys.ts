import { goTo } from '../live/route.ts';
import { areKeysOn } from './key-switch.ts';

/** What the keys do, for the help page and the handler alike. */
export const KEYS = [
  ['j', 'next in the list'],
  ['k', 'previous in the list'],
  ['Enter', 'open it'],
  ['a', 'approve or acknowledge what has the focus (a repair asks before); with none, go to the first'],
  ['/', 'search'],
  ['n', 'now'],
  ['f', 'findings'],
  ['u', 'functions'],
  ['r', 'remediations'],
  ['l', 'alerts'],
  ['c', 'forecasts and cost'],
  ['g', 'guardrails: the kill switch'],
  ['?', 'these keys'],
] as const;

const PAGES: Readonly<Record<string, string>> = {
  n: 'now',
  f: 'findings',
  u: 'functions',
  r: 'remediations',
  l: 'alerts',
  c: 'forecasts',
  g: 'guardrails',
};

/** Listens to the keys unless they are turned off, but not while somebody types or a dialog asks. A key that is held acts once, or `a` would answer one alert after another; the list moves on. */
export function listenToKeys(showHelp: () => void): () => void {
  const acts: Readonly<Record<string, () => void>> = {
    ...Object.fromEntries(Object.entries(PAGES).map(([key, page]) => [key, () => goTo(page)])),
    j: () => moveBy(1),
    k: () => moveBy(-1),
    a: act,
    '/': () => document.querySelector<HTMLElement>('#search')?.focus(),
    '?': showHelp,
  };
  const onKey = (event: KeyboardEvent): void => {
    const wanted = Object.hasOwn(acts, event.key) ? acts[event.key] : undefined;
    if (wanted === undefined || !areKeysOn() || !isCommand(event) || isTyping(event.target) || isAsked()) return;
    event.preventDefault();
    wanted();
  };
  addEventListener('keydown', onKey);
  return () => removeEventListener('keydown', onKey);
}

/** What may be held. */
const MOVES = new Set(['j', 'k']);

/** Whether a key is pressed by itself, and not merely still held. */
export const isCommand = ({
  key,
  repeat,
  ctrlKey,
  metaKey,
  altKey,
}: Pick<KeyboardEvent, 'key' | 'repeat' | 'ctrlKey' | 'metaKey' | 'altKey'>): boolean =>
  !(ctrlKey || metaKey || altKey) && (!repeat || MOVES.has(key));

const isAsked = (): boolean => document.querySelector('dialog[open]') !== null;

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

function moveBy(step: number): void {
  const items = [...document.querySelectorAll<HTMLElement>('main [data-item]')];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const next =
    items[at === -1 ? (step > 0 ? 0 : items.length - 1) : Math.min(items.length - 1, Math.max(0, at + step))];
  if (next) show(next);
}

function show(element: HTMLElement): void {
  element.focus();
  element.scrollIntoView({ block: 'nearest' });
}

const FIRST_ACT = '[data-act]';

/** Presses the first button of the item that has the focus. Without one it only gives the focus: which is first may have changed since it was read. */
function act(): void {
  const item = document.activeElement?.closest('.item');
  if (item) item.querySelector<HTMLElement>(FIRST_ACT)?.click();
  else {
    const first = document.querySelector<HTMLElement>(`main .item:has(${FIRST_ACT}) :is([data-item], ${FIRST_ACT})`);
    if (first) show(first);
  }
}
