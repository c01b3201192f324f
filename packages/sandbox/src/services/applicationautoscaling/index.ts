import { jsonService } from '../../core/protocols/json-protocol.ts';
import type { Emulated, ServiceContext } from '../../core/service.ts';
import { scalingOperations } from './operations.ts';
import { scalingResources } from './resources.ts';
import { ScalingEngine } from './scaling-engine.ts';

/** Application Auto Scaling of Lambda's provisioned concurrency: by schedule, and by utilisation. */
export function createApplicationAutoScaling(context: ServiceContext): Emulated {
  const engine = new ScalingEngine(context);
  return {
    peer: undefined,
    service: jsonService({
      signingName: 'application-autoscaling',
      targetPrefix: 'AnyScaleFrontendService',
      version: '1.1',
      operations: scalingOperations(engine, context),
      resources: scalingResources(engine, context),
      stop: async () => engine.stop(),
    }),
  };
}
