import { renderCoverage } from '@lamplighter/coverage';
import { frameworkAws } from './adapters/framework-aws.ts';
import { chosenFunctions } from './chosen-functions.ts';
import { coverageLines, coverageOf, requireCoverage } from './describe-coverage.ts';
import { escapeText } from './escape-text.ts';
import type { Host, HostWriters } from './host.ts';
import { type LamplighterOptions, subscriptionOptions } from './options/lamplighter-options.ts';
import { optionsSchema } from './options/options-schema.ts';
import { readOptions } from './options/read-options.ts';
import { PluginError } from './plugin-error.ts';
import { AccountLook, type DeployPlace } from './preflight/account-look.ts';
import type { AwsPort } from './preflight/aws-port.ts';
import { checkDeclared, type PreflightResult } from './preflight/check-groups.ts';
import { packagedRetention, type RetentionPlan } from './preflight/plan-retention.ts';
import { readMinimum } from './read-minimum.ts';
import { rolesWithoutXRay } from './template/roles-without-x-ray.ts';
import type { WatchableGroup } from './template/watchable-groups.ts';
import type { CompiledTemplate } from './template/woven-template.ts';
import { turnTracingOn } from './turn-tracing-on.ts';
import { weaveTemplate } from './weave-template.ts';

/** Options of the command line that the plugin reads. */
export interface CommandLine {
  readonly minimum?: string;
  readonly json?: boolean;
}

type Hook = () => unknown;

/**
 * The plugin: has Lamplighter watch the functions of a service. It changes the compiled template alone: no handler is wrapped, no bundle
 * touched, no layer added.
 */
export class ServerlessLamplighter {
  readonly commands = {
    lamplighter: {
      usage: 'What Lamplighter watches of this service',
      commands: {
        coverage: {
          usage: 'Packages the service and tells what of it is watched, by what, and how to mend the rest',
          lifecycleEvents: ['report'],
          options: {
            minimum: { usage: 'Fail below this percentage', type: 'string' as const },
            json: { usage: 'Print JSON', type: 'boolean' as const },
          },
        },
      },
    },
  };
  readonly hooks: Readonly<Record<string, Hook>>;
  readonly #host: Host;
  readonly #commandLine: CommandLine;
  readonly #writers: HostWriters;
  readonly #account: AccountLook;
  /** Functions that are traced because of the plugin, as serverless.yml names them. */
  #traced: readonly string[] = [];

  constructor(
    host: Host,
    commandLine: CommandLine = {},
    writers: HostWriters = {},
    /** How AWS is reached when a deploy asks; another is given by tests. */
    openAws = (): Promise<AwsPort> => frameworkAws(host.getProvider('aws')),
  ) {
    this.#host = host;
    this.#commandLine = commandLine;
    this.#writers = writers;
    this.#account = new AccountLook(openAws, (text) => this.#warn(text));
    host.configSchemaHandler?.defineCustomProperties(optionsSchema());
    this.hooks = {
      'before:package:compileFunctions': this.#guarded((options) => this.#trace(options)),
      // The last moment before the template is written: what other plugins add is seen, and what they move to nested stacks
      // (serverless-plugin-split-stacks) is moved without what refers to parameters and conditions of this template.
      'before:aws:package:finalize:saveServiceState': this.#guarded(async (options) => {
        this.#tellUntraced();
        await this.#weave(options);
        this.#reportPackage(options);
      }),
      'before:aws:deploy:deploy:createStack': this.#guarded((options) => this.#checkPackage(options)),
      'lamplighter:coverage:report': this.#guarded((options) => this.#reportCoverage(options)),
    };
  }

  /** Runs a step with the service's options; what the owner has to put right is told in the framework's own way, in one line. */
  #guarded(step: (options: LamplighterOptions) => unknown): Hook {
    return async () => {
      try {
        const options = readOptions(this.#host.service.custom);
        if (options.enabled) await step(options);
      } catch (error) {
        const UserError = this.#host.classes?.Error;
        if (!(error instanceof PluginError) || UserError === undefined) throw error;
        // The frameworks show the message alone.
        throw new UserError(escapeText(`${error.message} (${error.code})`), error.code);
      }
    };
  }

  #trace(options: LamplighterOptions): void {
    if (options.tracing) this.#traced = turnTracingOn(this.#host.service);
  }

  /** Told when the template is whole: plugins give functions roles of their own as late as that. */
  #tellUntraced(): void {
    const { naming } = this.#host.getProvider('aws');
    for (const id of rolesWithoutXRay(
      this.#template(),
      this.#traced.map((name) => naming.getLambdaLogicalId(name)),
    ))
      this.#warn(
        `${id} is traced, and has a role of its own: it needs xray:PutTraceSegments and xray:PutTelemetryRecords.`,
      );
  }

  async #weave(options: LamplighterOptions): Promise<void> {
    const excluded = subscriptionOptions(options)?.exclude ?? [];
    const { warnings, notices } = await weaveTemplate(this.#template(), {
      options,
      stage: this.#stage(options),
      ...chosenFunctions(this.#host, excluded),
      preflight: (groups) => this.#preflight(groups, options),
      retention: (groups) => this.#retention(groups, options),
    });
    for (const warning of warnings) this.#warn(warning);
    for (const notice of notices) this.#notice(notice);
  }

  /** Only a deploy asks AWS: `package` works offline, and adds every filter for which the template itself leaves room. */
  async #preflight(groups: readonly WatchableGroup[], options: LamplighterOptions): Promise<PreflightResult> {
    const wanted = subscriptionOptions(options);
    if (wanted === undefined || groups.length === 0) return { groups, left: [] };
    return this.#isDeploy()
      ? this.#account.filters(groups, this.#place(options), wanted)
      : checkDeclared(groups, wanted);
  }

  async #retention(groups: readonly WatchableGroup[], options: LamplighterOptions): Promise<RetentionPlan> {
    const { retentionDays } = options;
    if (!this.#isDeploy() || retentionDays === false || groups.length === 0)
      return packagedRetention(groups, retentionDays);
    return this.#account.retention(groups, this.#place(options), retentionDays);
  }

  #isDeploy(): boolean {
    return this.#host.processedInput?.commands?.join(' ') === 'deploy';
  }

  #place(options: LamplighterOptions): DeployPlace {
    const provider = this.#host.getProvider('aws');
    return { stage: this.#stage(options), region: provider.getRegion(), stackName: provider.naming.getStackName() };
  }

  #checkPackage(options: LamplighterOptions): Promise<void> {
    return this.#account.package(this.#template(), this.#place(options), subscriptionOptions(options));
  }

  #reportPackage(options: LamplighterOptions): void {
    const report = coverageOf(this.#template(), options);
    const { summary, gaps } = coverageLines(report);
    // The command prints the whole report itself.
    if (!this.#isCoverageCommand()) {
      this.#notice(summary);
      for (const gap of gaps) this.#notice(`  ${gap}`);
      requireCoverage(report, options.minimumCoveragePct);
    }
  }

  async #reportCoverage(options: LamplighterOptions): Promise<void> {
    const given = readMinimum(this.#commandLine.minimum);
    await this.#host.pluginManager.spawn('package');
    const report = coverageOf(this.#template(), options);
    this.#write(this.#commandLine.json ? JSON.stringify(report) : renderCoverage(report).join('\n'));
    if (given === undefined) requireCoverage(report, options.minimumCoveragePct);
    else requireCoverage(report, given, '--minimum');
  }

  #isCoverageCommand(): boolean {
    return this.#host.processedInput?.commands?.[0] === 'lamplighter';
  }

  #template(): CompiledTemplate {
    return this.#host.service.provider.compiledCloudFormationTemplate as CompiledTemplate;
  }

  #stage(options: LamplighterOptions): string {
    return options.stage ?? this.#host.getProvider('aws').getStage();
  }

  #warn(text: string): void {
    (this.#writers.log?.warning ?? console.warn)(escapeText(`Lamplighter: ${text}`));
  }

  #notice(text: string): void {
    (this.#writers.log?.notice ?? console.log)(escapeText(text));
  }

  #write(text: string): void {
    (this.#writers.writeText ?? console.log)(text);
  }
}
