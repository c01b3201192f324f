export { extractPackage } from '../services/lambda/environments/extract-package.ts';
export { findWorkspaceRoot } from './find-workspace-root.ts';
export { offlineEnvironment } from './offline-environment.ts';
export type { PackageRequest } from './package-request.ts';
export { packageService } from './package-service.ts';
export { packageServices } from './package-services.ts';
export { type PackagedService, readArtifact, readTemplate, templatePath } from './packaged-service.ts';
export { describePackaging, type PackagingProgress } from './packaging-progress.ts';
export { PackagingError } from './run-sls-package.ts';
