import type { ResourceProvider, ResourceRequest } from '../../../core/service.ts';
import { badRequest, conflict } from '../http-api/api-errors.ts';
import type { ApiStore } from '../http-api/api-store.ts';
import { emptyStage, stageSettings } from '../http-api/stage-settings.ts';

const STAGE_NAME = /^(?:\$default|[A-Za-z0-9_-]{1,128})$/;

/** `AWS::ApiGatewayV2::Stage` */
export function stageResource(store: ApiStore): ResourceProvider {
  const put = ({ properties }: ResourceRequest, isNew: boolean) => {
    const api = store.get(String(properties.ApiId));
    const name = String(properties.StageName);
    if (!STAGE_NAME.test(name)) throw badRequest(`Invalid stage name '${name}'.`);
    if (isNew && api.stages.has(name)) throw conflict(`Stage already exists: ${name}`);
    const now = store.context.clock.now();
    const createdAt = api.stages.get(name)?.createdAt ?? now;
    api.stages.set(name, { ...stageSettings(properties, emptyStage(name, now)), createdAt });
    return { ref: name };
  };
  return {
    create: async (request) => put(request, true),
    async update({ ref }, request) {
      if (request.properties.StageName === ref) return put(request, false);
      throw badRequest(`The sandbox cannot rename stage ${ref} in place.`);
    },
    async delete({ ref }, { properties }) {
      store.find(String(properties.ApiId))?.stages.delete(ref);
    },
  };
}
