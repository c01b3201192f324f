import { restJsonService } from '../../core/protocols/rest-json-protocol.ts';
import type { Emulated, ServiceContext } from '../../core/service.ts';
import type { BedrockPeer } from './bedrock-peer.ts';
import { converseOperation } from './converse.ts';
import type { ScriptedModel } from './scripted-model.ts';

/** Bedrock's runtime, with a model that the test scripts. */
export function createBedrock(context: ServiceContext): Emulated<BedrockPeer> {
  let model: ScriptedModel | undefined;
  return {
    peer: {
      answerWith(script) {
        model = script;
      },
    },
    service: restJsonService({
      signingName: 'bedrock',
      operations: { Converse: converseOperation(() => model, context) },
    }),
  };
}
