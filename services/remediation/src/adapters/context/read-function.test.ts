import {
  GetAccountSettingsCommand,
  GetFunctionCommand,
  LambdaClient,
  ListAliasesCommand,
  ListEventSourceMappingsCommand,
  ListVersionsByFunctionCommand,
} from '@aws-sdk/client-lambda';
import { expect, test } from '@jest/globals';
import { readFunction } from './read-function.ts';

const VERSIONS = 120;
const PAGE = 50;

const numbered = <T>(count: number, itemOf: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => itemOf(at + 1));

/** The last one was published with SnapStart. */
const versionNumbered = (at: number) => ({
  Version: String(at),
  ...(at === VERSIONS && { SnapStart: { ApplyOn: 'PublishedVersions' } }),
});

/** A function with more of everything than a page of AWS holds, the oldest first. */
class PagedLambda extends LambdaClient {
  readonly #lists = {
    Versions: [{ Version: '$LATEST' }, ...numbered(VERSIONS, versionNumbered)],
    Aliases: numbered(VERSIONS, (at) => ({ Name: `tenant-${at}`, FunctionVersion: String(at) })),
    EventSourceMappings: numbered(VERSIONS, (at) => ({ UUID: `mapping-${at}` })),
  };

  override send = async (command: { readonly input: { readonly Marker?: string | undefined } }): Promise<never> =>
    this.#answer(command) as never;

  #answer(command: { readonly input: { readonly Marker?: string | undefined } }): object {
    const { Marker } = command.input;
    if (command instanceof ListVersionsByFunctionCommand) return this.#page('Versions', Marker);
    if (command instanceof ListAliasesCommand) return this.#page('Aliases', Marker);
    if (command instanceof ListEventSourceMappingsCommand) return this.#page('EventSourceMappings', Marker);
    if (command instanceof GetFunctionCommand) return { Configuration: { MemorySize: 512, Timeout: 3 } };
    if (command instanceof GetAccountSettingsCommand) return {};
    throw new Error('nobody should ask');
  }

  #page(list: 'Versions' | 'Aliases' | 'EventSourceMappings', marker = '0'): object {
    const end = Number(marker) + PAGE;
    const items = this.#lists[list];
    return { [list]: items.slice(Number(marker), end), ...(end < items.length && { NextMarker: String(end) }) };
  }
}

test('of a function with more versions, aliases and mappings than a page holds, all are read', async () => {
  const { settings } = await readFunction(new PagedLambda({ region: 'us-east-1' }), 'rooms');

  expect(settings.versions).toHaveLength(VERSIONS);
  expect(settings.versions[0]).toBe('120');
  expect(settings.snapStarted).toEqual(['120']);
  expect(settings.aliases.at(-1)).toMatchObject({ name: 'tenant-120', version: '120' });
  expect(settings.mappings).toHaveLength(VERSIONS);
});
