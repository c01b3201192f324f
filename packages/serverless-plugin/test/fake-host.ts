import type { Host, HostFunction } from '../src/host.ts';
import { ServerlessLamplighter } from '../src/plugin.ts';
import type { CompiledTemplate } from '../src/template/woven-template.ts';
import { MemoryAws } from './memory-aws.ts';

/** The framework's error for users. */
export class UserError extends Error {
  readonly code: string | undefined;
  constructor(message: string, code?: string) {
    super(message);
    this.code = code;
  }
}

interface HostOptions {
  readonly custom?: Record<string, unknown>;
  readonly commands?: readonly string[];
  readonly service?: string;
  readonly functions?: Record<string, HostFunction>;
}

/** What packaging has of the plugin's hooks, in order. */
export const LIFECYCLE = ['before:package:compileFunctions', 'before:aws:package:finalize:saveServiceState'];
/** The log group of the function `book`. */
export const GROUP = '/aws/lambda/shop-dev-book';

/** A host as Serverless 3 and 4 are: one function, packaged as far as the plugin sees it. */
export function fakeHost({
  custom = {},
  commands = ['package'],
  service = 'shop',
  functions = { book: {} },
}: HostOptions = {}) {
  const template: CompiledTemplate = {
    Resources: {
      BookLambdaFunction: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'shop-dev-book' } },
      BookLogGroup: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: GROUP } },
    },
  };
  const said: string[] = [];
  const schemas: unknown[] = [];
  const host: Host = {
    service: {
      service,
      custom: { lamplighter: custom },
      functions,
      provider: { compiledCloudFormationTemplate: template },
    },
    configSchemaHandler: { defineCustomProperties: (schema) => schemas.push(schema) },
    pluginManager: { spawn: async () => package_() },
    processedInput: { commands },
    classes: { Error: UserError },
    getProvider: () => ({
      getStage: () => 'dev',
      getRegion: () => 'us-east-1',
      naming: {
        getLambdaLogicalId: (name) => `${name[0]?.toUpperCase()}${name.slice(1)}LambdaFunction`,
        getStackName: () => `${service}-dev`,
      },
    }),
  };
  const aws = new MemoryAws();
  const say = (text: string) => said.push(text);
  const plugin = (commandLine = {}) =>
    (current = new ServerlessLamplighter(
      host,
      commandLine,
      { log: { notice: say, warning: say }, writeText: say },
      async () => aws,
    ));
  let current: ServerlessLamplighter | undefined;
  const run = async (...events: readonly string[]) => {
    current ??= plugin();
    for (const event of events) {
      const hook = current.hooks[event];
      if (hook === undefined) throw new Error(`The plugin has no hook on ${event}.`);
      await hook();
    }
  };
  const package_ = () => run(...LIFECYCLE);
  return {
    host,
    template,
    said,
    schemas,
    aws,
    plugin,
    run,
    package: package_,
    ids: () => Object.keys(template.Resources),
  };
}
