import { randomUUID } from 'node:crypto';
import type { PolicyStatement } from '../../../iam/policies/policy-document.ts';
import { functionNotFound, resourceConflict } from '../lambda-errors.ts';
import type { FunctionConfiguration } from './function-configuration.ts';
import { type AccountRegion, functionArn, parseFunctionName } from './function-name.ts';

export interface Alias {
  readonly name: string;
  readonly functionVersion: string;
  readonly description: string;
  /** Share of the invocations that go to another version, 0 to 1. */
  readonly additionalVersionWeights: Readonly<Record<string, number>>;
  readonly revisionId: string;
}

export interface EventInvokeConfig {
  readonly maximumRetryAttempts?: number;
  readonly maximumEventAgeSeconds?: number;
  readonly onSuccessArn?: string;
  readonly onFailureArn?: string;
  readonly lastModified: number;
}

/** Everything Lambda keeps about one function. */
export interface FunctionRecord {
  readonly name: string;
  latest: FunctionConfiguration;
  lastVersion: number;
  readonly versions: Map<string, FunctionConfiguration>;
  readonly aliases: Map<string, Alias>;
  /** Policy statements by qualifier; `''` for the function itself. */
  readonly policies: Map<string, PolicyStatement[]>;
  /** By qualifier, `$LATEST` where none was given. */
  readonly invokeConfigs: Map<string, EventInvokeConfig>;
  reservedConcurrency?: number;
  /** What is done about circles; `Terminate` where it was never set. */
  recursiveLoop?: 'Allow' | 'Terminate';
  tags: Readonly<Record<string, string>>;
}

/** What a name and qualifier lead to. */
export interface FunctionTarget {
  readonly record: FunctionRecord;
  /** The version that runs: an alias is already followed, its weights drawn. */
  readonly configuration: FunctionConfiguration;
  /** As asked: alias, version, `$LATEST` or undefined. */
  readonly qualifier: string | undefined;
  /** With the qualifier as asked. */
  readonly arn: string;
}

export class FunctionStore {
  readonly #account: AccountRegion;
  readonly #random: () => number;
  readonly #records = new Map<string, FunctionRecord>();

  /** `random` draws an alias's version, from 0 to 1. */
  constructor(account: AccountRegion, random: () => number) {
    this.#account = account;
    this.#random = random;
  }

  add(configuration: FunctionConfiguration, tags: Readonly<Record<string, string>>): FunctionRecord {
    const name = configuration.functionName;
    if (this.#records.has(name)) throw resourceConflict(`Function already exist: ${name}`);
    const record: FunctionRecord = {
      name,
      latest: configuration,
      lastVersion: 0,
      versions: new Map(),
      aliases: new Map(),
      policies: new Map(),
      invokeConfigs: new Map(),
      tags,
    };
    this.#records.set(name, record);
    return record;
  }

  remove(name: string): void {
    this.#records.delete(name);
  }

  all(): readonly FunctionRecord[] {
    return [...this.#records.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
  }

  arn(name: string, qualifier?: string): string {
    return functionArn(this.#account, name, qualifier);
  }

  /** Throws ResourceNotFoundException for a function, version or alias that does not exist. */
  resolve(nameOrArn: string, qualifier?: string): FunctionTarget {
    const target = this.find(nameOrArn, qualifier);
    if (target) return target;
    const parsed = parseFunctionName(nameOrArn, qualifier);
    throw functionNotFound(this.arn(parsed.name, parsed.qualifier));
  }

  find(nameOrArn: string, qualifier?: string): FunctionTarget | undefined {
    const parsed = parseFunctionName(nameOrArn, qualifier);
    const record = this.#records.get(parsed.name);
    const configuration = record && this.#configuration(record, parsed.qualifier);
    if (!record || !configuration) return undefined;
    return { record, configuration, qualifier: parsed.qualifier, arn: this.arn(parsed.name, parsed.qualifier) };
  }

  /** Whether environments of this configuration may still take invocations. */
  isCurrent(configuration: FunctionConfiguration): boolean {
    const record = this.#records.get(configuration.functionName);
    return configuration.version === '$LATEST'
      ? record?.latest === configuration
      : record?.versions.has(configuration.version) === true;
  }

  /** Publishes `$LATEST` as the next version; the last one again where nothing changed since. */
  publish(record: FunctionRecord, description: string | undefined): FunctionConfiguration {
    const last = record.versions.get(String(record.lastVersion));
    if (last && isSameApartFromVersion(last, record.latest)) return last;
    record.lastVersion += 1;
    const version = String(record.lastVersion);
    const published = {
      ...record.latest,
      version,
      description: description ?? record.latest.description,
      revisionId: randomUUID(),
    };
    record.versions.set(version, published);
    return published;
  }

  #configuration(record: FunctionRecord, qualifier: string | undefined): FunctionConfiguration | undefined {
    if (qualifier === undefined || qualifier === '$LATEST') return record.latest;
    const alias = record.aliases.get(qualifier);
    return record.versions.get(alias ? this.#draw(alias) : qualifier) ?? (alias ? record.latest : undefined);
  }

  #draw(alias: Alias): string {
    let point = this.#random();
    for (const [version, weight] of Object.entries(alias.additionalVersionWeights)) {
      point -= weight;
      if (point < 0) return version;
    }
    return alias.functionVersion;
  }
}

function isSameApartFromVersion(published: FunctionConfiguration, latest: FunctionConfiguration): boolean {
  const comparable = ({ version, revisionId, description, lastModified, ...rest }: FunctionConfiguration) =>
    JSON.stringify(rest);
  return comparable(published) === comparable(latest);
}
