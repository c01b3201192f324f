import { paintFor, type Terminal } from '../../../packages/cli/src/index.ts';
import { footerLines, type Scene } from './footer.ts';

/** Where the story is told. */
export interface View {
  /** A line of the story; it stays. */
  say(text: string): void;
  /** What is different in the footer. */
  show(change: Partial<Scene>): void;
  /** Takes the footer away. */
  stop(): void;
}

const REDRAW_MS = 250;
/** Cursor to the column 1 of so many lines above, and everything from there erased (ECMA-48: CPL, ED). */
const eraseLines = (count: number): string => (count > 0 ? `\u001b[${count}F\u001b[J` : '');

/** The story scrolls by above a footer that is redrawn in place, on a terminal that can; plain lines elsewhere. */
export function openView(terminal: Terminal, first: Scene, { isHeadless }: { readonly isHeadless: boolean }): View {
  return isHeadless || !terminal.isOutTty || terminal.env.TERM === 'dumb'
    ? plainView(terminal)
    : liveView(terminal, first);
}

function plainView(terminal: Terminal): View {
  return {
    say: (text) => terminal.out(`${text}\n`),
    show: ({ step }) => {
      if (step) terminal.err(`${step}\n`);
    },
    stop: () => {},
  };
}

function liveView(terminal: Terminal, first: Scene): View {
  const paint = paintFor(terminal, true);
  const started = terminal.now();
  let scene = first;
  let drawn = 0;
  const draw = (text = ''): void => {
    const seconds = Math.floor((terminal.now() - started) / 1000);
    const lines = footerLines(scene, { columns: terminal.columns, paint, seconds });
    terminal.out(`${eraseLines(drawn)}${text}${lines.join('\n')}\n`);
    drawn = lines.length;
  };
  const timer = setInterval(draw, REDRAW_MS).unref();
  draw();
  return {
    say: (text) => draw(`${text}\n`),
    show(change) {
      scene = { ...scene, ...change };
      draw();
    },
    stop() {
      clearInterval(timer);
      terminal.out(eraseLines(drawn));
      drawn = 0;
    },
  };
}
