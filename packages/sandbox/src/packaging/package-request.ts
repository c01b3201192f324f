/** What to package: a service folder, and the settings that its template depends on. */
export interface PackageRequest {
  /** Folder that holds `serverless.yml`. */
  readonly serviceDir: string;
  readonly stage: string;
  readonly region: string;
  /** Stack parameters, as `--param name=value`. */
  readonly params?: Readonly<Record<string, string>>;
}

/** The settings of a request as one text: two requests with the same text and the same sources give the same stack. */
export function describeSettings(request: PackageRequest): string {
  const params = Object.entries(request.params ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([request.stage, request.region, params]);
}
