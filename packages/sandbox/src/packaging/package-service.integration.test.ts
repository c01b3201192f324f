import { appendFileSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createTemporaryWorkspace } from '../../test/temporary-workspace.ts';
import { packageService } from './package-service.ts';
import { packageServices } from './package-services.ts';
import { readArtifact, readTemplate } from './packaged-service.ts';

let workspace: ReturnType<typeof createTemporaryWorkspace>;
beforeAll(() => {
  workspace = createTemporaryWorkspace();
});
afterAll(() => workspace.remove());

const request = () => ({
  serviceDir: workspace.serviceDir,
  stage: 'dev',
  region: 'eu-west-1',
  params: { greeting: 'Good evening' },
});
const entries = () =>
  readdirSync(join(workspace.root, '.lamplighter', 'packaged', 'hello')).filter((name) => name !== '.lock');

interface Template {
  readonly Resources: Record<string, { Properties: { Environment?: unknown; Code: { S3Key: string } } }>;
}

describe('packageService', () => {
  test('packages once for two that ask at the same time, then answers from the cache', async () => {
    const kinds: string[] = [];
    const [first, second] = await packageServices([request(), request()], ({ kind }) => kinds.push(kind));
    const third = await packageService(request());

    // A slow machine also tells the second that it waits.
    expect(kinds.filter((kind) => kind !== 'waiting').sort()).toEqual(['cached', 'packaged', 'started']);
    expect(new Set([first?.directory, second?.directory, third.directory]).size).toBe(1);
    expect(third.cached).toBe(true);
    expect(entries()).toHaveLength(1);
  });

  test('holds the template with its parameters, and the zip that it names', async () => {
    const packaged = await packageService(request());
    const { Resources } = (await readTemplate(packaged)) as Template;
    const greet = Resources.GreetLambdaFunction?.Properties;
    const zip = await readArtifact(packaged, greet?.Code.S3Key ?? '');

    expect(greet?.Environment).toEqual({ Variables: { GREETING: 'Good evening' } });
    expect(zip.subarray(0, 2).toString()).toBe('PK');
  });

  test('replaces an entry unused for an hour and clears the draft of a dead process when the code has changed', async () => {
    const old = await packageService(request());
    const longAgo = new Date(Date.now() - 2 * 60 * 60 * 1000);
    utimesSync(old.directory, longAgo, longAgo);
    mkdirSync(join(old.directory, '..', '.draft-2147483646-1'));
    appendFileSync(join(workspace.serviceDir, 'src', 'greet.ts'), '// changed\n');

    const fresh = await packageService(request());

    expect(fresh.cached).toBe(false);
    expect(entries().map((name) => join(old.directory, '..', name))).toEqual([fresh.directory]);
  });

  test('packages again when the sources change on the way', async () => {
    const request = { serviceDir: workspace.serviceDir, stage: 'moving', region: 'eu-west-1' };
    let starts = 0;
    const packaged = await packageService(request, ({ kind }) => {
      if (kind === 'started' && ++starts === 1)
        appendFileSync(join(workspace.serviceDir, 'src', 'greet.ts'), '// saved\n');
    });
    expect(starts).toBe(2);
    expect((await packageService(request)).directory).toBe(packaged.directory);
  });

  test("fails with the framework's own words and leaves nothing behind", async () => {
    const before = entries();
    const impossible = { ...request(), region: 'atlantis-1' };
    await expect(packageService(impossible)).rejects.toThrow(
      /^hello \(stage dev, atlantis-1\) cannot be packaged: Configuration error at 'provider.region'/,
    );
    expect(entries()).toEqual(before);
  });

  test('fails where the code cannot be compiled', async () => {
    writeFileSync(join(workspace.serviceDir, 'src', 'greet.ts'), "export { handler } from './no-such-file.ts';\n");
    await expect(packageService(request())).rejects.toThrow(/^hello .* cannot be packaged: .*no-such-file/s);
  });
});
