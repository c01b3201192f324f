import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { DEPLOYER_POLICIES } from '../docs/deployer/deployer-policies.ts';
import { REPOSITORY } from '../workspace-services.ts';

/** Writes a template that holds the documented policies of a deployer, so that cfn-lint can say whether their actions exist. Gives its file, in a folder of its own. */
export async function writeDeployerTemplate(): Promise<string> {
  const policies = await Promise.all(
    DEPLOYER_POLICIES.map(async (path) => {
      const PolicyDocument: unknown = JSON.parse(await readFile(join(REPOSITORY, path), 'utf8'));
      return [basename(path, '.json'), { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument } }] as const;
    }),
  );
  const file = join(await mkdtemp(join(tmpdir(), 'lamplighter-deployer-')), 'deployer.json');
  await writeFile(file, JSON.stringify({ Resources: Object.fromEntries(policies) }));
  return file;
}
