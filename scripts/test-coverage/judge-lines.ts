import { type PackageLines, sumLines } from './lines-by-package.ts';

/** Floors of `pnpm test:coverage`, in percent of lines. */
export const FLOORS_PCT = { pure: 90, overall: 80 } as const;

/** A package's lines, with the floor that it has to reach; `undefined`: it has none of its own. */
export interface JudgedLines extends PackageLines {
  readonly floorPct: number | undefined;
  readonly isBelowFloor: boolean;
}

/**
 * Each package against its floor, and a last row for all of them. `isWhole`: whether every test ran, without which the whole has no floor:
 * a package is also executed by tests of others.
 */
export function judgeLines(
  packages: readonly PackageLines[],
  purePackages: readonly string[],
  isWhole: boolean,
): readonly JudgedLines[] {
  const isPure = ({ name }: PackageLines) => purePackages.some((pure) => name === `packages/${pure}`);
  return [
    ...packages.map((lines) => judged(lines, isPure(lines) ? FLOORS_PCT.pure : undefined)),
    judged(sumLines('overall', packages), isWhole ? FLOORS_PCT.overall : undefined),
  ];
}

const judged = (lines: PackageLines, floorPct: number | undefined): JudgedLines => ({
  ...lines,
  floorPct,
  isBelowFloor: floorPct !== undefined && lines.coveredPct < floorPct,
});

/** The rows as lines for a terminal. */
export function renderLines(rows: readonly JudgedLines[]): readonly string[] {
  const width = Math.max(...rows.map(({ name }) => name.length));
  return rows.map(({ name, total, covered, coveredPct, floorPct, isBelowFloor }) => {
    const floor = floorPct === undefined ? '' : `  floor ${floorPct} %${isBelowFloor ? ': MISSED' : ''}`;
    // Cut off, not rounded: 89.96 is not 90.
    const pct = (Math.floor(coveredPct * 10) / 10).toFixed(1);
    return `${name.padEnd(width)}  ${pct.padStart(5)} %  ${`${covered} of ${total} lines`.padEnd(22)}${floor}`.trimEnd();
  });
}
