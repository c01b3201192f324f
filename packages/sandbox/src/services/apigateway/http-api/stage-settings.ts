import { badRequest } from './api-errors.ts';
import type { Route, RouteSettings, Stage } from './http-api.ts';
import { defined, flag, numberWithin, refuseOthers, tagsOf, textOf } from './property-values.ts';

type Given = Readonly<Record<string, unknown>>;

/** Members of a stage by which CloudFormation and the wire tell it, in CloudFormation's capitals. */
export const STAGE_MEMBERS = [
  'ApiId',
  'StageName',
  'AutoDeploy',
  'DeploymentId',
  'DefaultRouteSettings',
  'RouteSettings',
  'StageVariables',
  'AccessLogSettings',
  'Description',
  'Tags',
];
const ROUTE_MEMBERS = ['DetailedMetricsEnabled', 'ThrottlingBurstLimit', 'ThrottlingRateLimit'];
const MOST = 2_147_483_647;

/** What is given, over what a stage has; a member that is not given stays. Throws BadRequestException for one that is not emulated. */
export function stageSettings(given: Given, base: Stage): Stage {
  refuseOthers('Stage', given, STAGE_MEMBERS);
  return {
    ...base,
    ...defined({
      autoDeploy: given.AutoDeploy === undefined ? undefined : flag(given.AutoDeploy),
      deploymentId: textOf(given.DeploymentId),
      defaultRouteSettings: given.DefaultRouteSettings && routeSettings(given.DefaultRouteSettings as Given),
      routeSettings: given.RouteSettings && byRoute(given.RouteSettings as Given),
      stageVariables: given.StageVariables && tagsOf(given.StageVariables),
      accessLog: given.AccessLogSettings && accessLog(given.AccessLogSettings as Given),
      description: textOf(given.Description),
      tags: given.Tags && tagsOf(given.Tags),
    }),
  } as Stage;
}

/** What holds for a route: its own settings over those of the stage. */
export const settingsFor = (stage: Stage, route: Route | undefined): RouteSettings => ({
  ...stage.defaultRouteSettings,
  ...stage.routeSettings[route?.routeKey ?? ''],
});

/** A stage that says nothing of itself. */
export const emptyStage = (stageName: string, now: number): Stage => ({
  stageName,
  autoDeploy: false,
  defaultRouteSettings: {},
  routeSettings: {},
  stageVariables: {},
  tags: {},
  createdAt: now,
  updatedAt: now,
});

function byRoute(given: Given): Readonly<Record<string, RouteSettings>> {
  return Object.fromEntries(Object.entries(given).map(([key, settings]) => [key, routeSettings(settings as Given)]));
}

function routeSettings(given: Given): RouteSettings {
  refuseOthers('RouteSettings', given, ROUTE_MEMBERS);
  const { DetailedMetricsEnabled, ThrottlingBurstLimit, ThrottlingRateLimit } = given;
  const within = (name: string, value: unknown) =>
    value === undefined || value === null ? undefined : numberWithin(name, value, [0, MOST]);
  return defined({
    detailedMetricsEnabled: DetailedMetricsEnabled === undefined ? undefined : flag(DetailedMetricsEnabled),
    throttlingBurstLimit: within('throttlingBurstLimit', ThrottlingBurstLimit),
    throttlingRateLimit: within('throttlingRateLimit', ThrottlingRateLimit),
  });
}

function accessLog(given: Given): Stage['accessLog'] & {} {
  refuseOthers('AccessLogSettings', given, ['DestinationArn', 'Format']);
  const destinationArn = String(given.DestinationArn).replace(/:\*$/, '');
  if (!destinationArn.includes(':log-group:')) {
    throw badRequest(`The sandbox writes access logs to a log group only, not to ${destinationArn}.`);
  }
  if (typeof given.Format !== 'string') throw badRequest('AccessLogSettings needs a Format.');
  return { destinationArn, format: given.Format };
}
