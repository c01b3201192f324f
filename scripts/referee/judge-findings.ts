/** One finding of cfn-lint, as its JSON output has it. */
export interface Finding {
  readonly Filename: string;
  readonly Level: string;
  readonly Message: string;
  readonly Rule: { readonly Id: string };
  readonly Location: { readonly Path: readonly (string | number)[] | null };
}

/** A warning that stays, and why. Errors cannot be allowed. */
export interface AllowedFinding {
  readonly rule: string;
  /** Regular expression over the place in the template: `Resources/Name/Properties/...`. */
  readonly path: string;
  readonly reason: string;
}

export interface Judgement {
  /** What has to be mended, one line each. */
  readonly faults: readonly string[];
  readonly explained: number;
}

/** Takes the explained warnings out of what cfn-lint found. An explanation that no finding needs any more is a fault too. */
export function judgeFindings(findings: readonly Finding[], allowed: readonly AllowedFinding[]): Judgement {
  const needed = new Set<AllowedFinding>();
  const faults: string[] = [];
  for (const finding of findings) {
    const explanation = allowed.find((each) => explains(each, finding));
    if (explanation) needed.add(explanation);
    else faults.push(`${finding.Rule.Id} ${finding.Filename} ${pathOf(finding)}: ${finding.Message}`);
  }
  const idle = allowed
    .filter((each) => !needed.has(each))
    .map(({ rule, path }) => `${rule} ${path}: allowed, but not found any more`);
  return { faults: [...new Set([...faults, ...idle])], explained: findings.length - faults.length };
}

function explains(allowed: AllowedFinding, finding: Finding): boolean {
  return (
    finding.Level !== 'Error' && allowed.rule === finding.Rule.Id && new RegExp(allowed.path).test(pathOf(finding))
  );
}

function pathOf(finding: Finding): string {
  return (finding.Location.Path ?? []).join('/');
}
