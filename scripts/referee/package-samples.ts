import { FRAMEWORKS, SAMPLES, type SampleWorkshop } from '../../packages/serverless-plugin/test/package-sample.ts';
import type { PackagedVariant } from '../packaged-variants.ts';

/** The plugin's samples as osls 3 and osls 4 package them: what the plugin adds is judged too. Throws where one cannot be packaged. */
export async function packageSamples(workshop: SampleWorkshop): Promise<readonly PackagedVariant[]> {
  const variants: PackagedVariant[] = [];
  for (const framework of FRAMEWORKS)
    for (const sample of SAMPLES) {
      const { exitCode, output, directory } = await workshop.package({ sample, framework });
      if (exitCode !== 0) throw new Error(`The sample ${sample} cannot be packaged by ${framework}: ${output}`);
      const service = `plugin sample ${sample} by ${framework}`;
      variants.push({ service, stage: 'dev', region: 'us-east-1', directory, cached: false, door: 'direct' });
    }
  return variants;
}
