import type { HttpApi, Stage } from '../http-api/http-api.ts';
import { decoded } from './select-route.ts';

export interface SelectedStage {
  readonly stage: Stage;
  /** The path that routes are matched with: without the segment that named the stage. */
  readonly routePath: string;
}

/** The stage that the path's first segment names, else `$default`; nothing where there is neither. */
export function selectStage(api: HttpApi, path: string): SelectedStage | undefined {
  const [, first = '', ...rest] = path.split('/');
  const named = api.stages.get(decoded(first));
  if (named && named.stageName !== '$default') return { stage: named, routePath: `/${rest.join('/')}` };
  const stage = api.stages.get('$default');
  return stage && { stage, routePath: path };
}
