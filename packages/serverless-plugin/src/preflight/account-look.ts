import { toldAws } from '../adapters/told-aws.ts';
import type { SubscriptionOptions } from '../options/lamplighter-options.ts';
import { PluginError } from '../plugin-error.ts';
import { tellRetention } from '../tell-retention.ts';
import { noteDeployment } from '../template/note-deployment.ts';
import { plannedGroups } from '../template/planned-groups.ts';
import { FOR_EVERY_GROUP, FOR_NEW_GROUPS, markedGroups } from '../template/set-retention.ts';
import type { WatchableGroup } from '../template/watchable-groups.ts';
import type { CompiledTemplate } from '../template/woven-template.ts';
import type { AwsPort } from './aws-port.ts';
import { checkGroups, type PreflightResult } from './check-groups.ts';
import { deployedRetention, keptLonger, type RetentionPlan, type WantedRetention } from './plan-retention.ts';
import { refuseOtherRetention } from './refuse-other-retention.ts';
import { unaskedGroups } from './unasked-groups.ts';

/** What a deploy is about. */
export interface DeployPlace {
  /** Lamplighter's stage. */
  readonly stage: string;
  readonly region: string;
  readonly stackName: string;
}

/** What a deploy asks the account, before anything is deployed. AWS is reached when the first question is asked. */
export class AccountLook {
  readonly #open: () => Promise<AwsPort>;
  readonly #warn: (text: string) => void;
  #aws: Promise<AwsPort> | undefined;
  #hasChecked = false;

  constructor(open: () => Promise<AwsPort>, warn: (text: string) => void) {
    this.#open = open;
    this.#warn = warn;
  }

  /** Which groups have room for a filter, and need one. */
  filters(
    groups: readonly WatchableGroup[],
    place: DeployPlace,
    wanted: SubscriptionOptions,
  ): Promise<PreflightResult> {
    this.#hasChecked = true;
    return this.#check(groups, place, wanted);
  }

  /** Which groups get a retention. */
  async retention(
    groups: readonly WatchableGroup[],
    { stackName }: DeployPlace,
    wanted: WantedRetention,
  ): Promise<RetentionPlan> {
    return deployedRetention(groups, wanted, { aws: await this.#reach(), stackName });
  }

  /** `deploy --package` ships a template that was woven before, offline: now is the first time to ask. */
  async package(
    template: CompiledTemplate,
    place: DeployPlace,
    wanted: SubscriptionOptions | undefined,
  ): Promise<void> {
    await this.#packagedRetention(template);
    const groups = plannedGroups(template, place.stage);
    if (this.#hasChecked || groups.length === 0 || wanted === undefined) return;
    const result = await this.#check(groups, place, wanted);
    for (const { isWatched, why } of result.left) {
      if (!isWatched)
        throw new PluginError('LAMPLIGHTER_FILTER_LIMIT', `${why}. Deploy without --package, so that it is left out.`);
      this.#warn(`${why}; the package brings a second one along.`);
    }
    noteDeployment(template, { ...result, left: [] });
  }

  async #check(
    groups: readonly WatchableGroup[],
    place: DeployPlace,
    wanted: SubscriptionOptions,
  ): Promise<PreflightResult> {
    for (const warning of unaskedGroups(groups)) this.#warn(warning);
    return checkGroups(groups, place, wanted, await this.#reach());
  }

  async #packagedRetention(template: CompiledTemplate): Promise<void> {
    const forNew = markedGroups(template, FOR_NEW_GROUPS);
    const forAll = markedGroups(template, FOR_EVERY_GROUP);
    if (forNew.length > 0) await refuseOtherRetention(forNew, await this.#reach());
    for (const { name, days } of forAll) {
      const shortened = keptLonger(await (await this.#reach()).group(name), days) ? [name] : [];
      for (const warning of tellRetention({ days, shortened, left: [] }).warnings) this.#warn(warning);
    }
  }

  #reach(): Promise<AwsPort> {
    this.#aws ??= this.#open().then(toldAws);
    return this.#aws;
  }
}
