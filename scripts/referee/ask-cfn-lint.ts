import { readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { templatePath } from '../../packages/sandbox/src/packaging/index.ts';
import { SampleWorkshop } from '../../packages/serverless-plugin/test/package-sample.ts';
import { type PackagedVariant, packageVariants } from '../packaged-variants.ts';
import { installCfnLint } from './install-cfn-lint.ts';
import { type AllowedFinding, type Finding, judgeFindings } from './judge-findings.ts';
import { packageSamples } from './package-samples.ts';
import type { RefereeOutcome } from './referee-outcome.ts';
import { runProgram } from './run-program.ts';
import { writeDeployerTemplate } from './write-deployer-template.ts';

const REFEREE = 'cfn-lint';
const REGIONS = ['us-east-1', 'eu-west-1'];
/** cfn-lint's exit code is a sum of 2 (errors), 4 (warnings) and 8 (notes); anything else is a failure of its own. */
const IS_VERDICT = new Set([0, 2, 4, 6, 8, 10, 12, 14]);

/** Asks cfn-lint about every packaged template: each service, both doors, two regions; the plugin's samples; and the documented policies of a deployer. */
export async function askCfnLint(): Promise<RefereeOutcome> {
  const installed = await installCfnLint();
  if ('reason' in installed) return { referee: REFEREE, kind: 'skipped', summary: installed.reason };
  const workshop = await SampleWorkshop.open();
  const variants = [...(await packageVariants(REGIONS)), ...(await packageSamples(workshop))];
  const deployer = await writeDeployerTemplate();
  const lintIn = (region: string) => lint(installed.program, region, variants, deployer);
  const findings = (await Promise.all(REGIONS.map(lintIn))).flat();
  await workshop.close();
  await rm(dirname(deployer), { recursive: true });
  const { faults, explained } = judgeFindings(findings, await readAllowed());
  const summary = `${variants.length + 1} templates, ${faults.length} faults, ${explained} warnings explained in allowed-findings.json`;
  return { referee: REFEREE, kind: faults.length === 0 ? 'passed' : 'failed', summary, details: faults };
}

async function lint(
  program: string,
  region: string,
  variants: readonly PackagedVariant[],
  deployer: string,
): Promise<readonly Finding[]> {
  const ours = variants.filter((variant) => variant.region === region);
  const result = await runProgram(program, [
    '--format',
    'json',
    '--regions',
    region,
    '--template',
    ...ours.map(templatePath),
    deployer,
  ]);
  if (!IS_VERDICT.has(result.exitCode ?? -1)) throw new Error(`cfn-lint failed: ${result.stderr || result.stdout}`);
  const nameOf = new Map(ours.map((each) => [templatePath(each), `${each.service} (${each.door}, ${region})`]));
  const findings = JSON.parse(result.stdout) as Finding[];
  return findings.map((finding) => ({ ...finding, Filename: nameOf.get(finding.Filename) ?? finding.Filename }));
}

async function readAllowed(): Promise<readonly AllowedFinding[]> {
  return JSON.parse(await readFile(join(import.meta.dirname, 'allowed-findings.json'), 'utf8')) as AllowedFinding[];
}
