export { extractPackage } from '../services/lambda/environments/extract-package.ts';
export { findWorkspaceRoot } from './find-workspace-root.ts';
export { offlineEnvironment } from './offline-environment.ts';
export type { PackageRequest } from './package-request.ts';
export { type PackagingProgress, packageService } from './package-service.ts';
export { packageServices } from './package-services.ts';
export { type PackagedService, readArtifact, readTemplate, templatePath } from './packaged-service.ts';
export { PackagingError } from './run-sls-package.ts';
