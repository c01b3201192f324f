/**
 * Serverless v4 bundles TypeScript itself and refuses serverless-esbuild unless `build.esbuild` is false
 * (https://www.serverless.com/framework/docs/providers/aws/guide/building). osls does not know the key: this makes it known there,
 * so that one serverless.yml serves both.
 */
class AcceptV4BuildKey {
  constructor(serverless) {
    const handler = serverless.configSchemaHandler;
    if (handler.schema?.properties?.build) return;
    handler.defineTopLevelProperty('build', {
      type: 'object',
      properties: { esbuild: { const: false } },
      additionalProperties: false,
    });
  }
}

module.exports = AcceptV4BuildKey;
