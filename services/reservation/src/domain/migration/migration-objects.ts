const digits = (number: number, length: number): string => String(number).padStart(length, '0');

/** Where a migration's objects lie in its bucket. */
export function migrationObjects(migrationId: string) {
  const root = `migrations/${migrationId}`;
  return {
    plan: `${root}/plan.json`,
    /** Items of the Distributed Maps. */
    files: `${root}/files.json`,
    shards: `${root}/shards.json`,
    /** A file's rows by shard, sealed; its report; what of it was rejected. */
    sections: (file: number) => `${root}/sections/${digits(file, 6)}.bin`,
    fileReports: `${root}/file-reports/`,
    fileReport: (file: number) => `${root}/file-reports/${digits(file, 6)}.json`,
    rejects: (file: number) => `${root}/rejects/${digits(file, 6)}.jsonl`,
    /** What ImportTable reads: nothing else may lie under it. */
    items: `${root}/items/`,
    itemsOf: (shard: number) => `${root}/items/${digits(shard, 5)}.json.gz`,
    shardReports: `${root}/shard-reports/`,
    shardReport: (shard: number) => `${root}/shard-reports/${digits(shard, 5)}.json`,
    loadReports: `${root}/load-reports/`,
    loadReport: (shard: number) => `${root}/load-reports/${digits(shard, 5)}.json`,
    mergeReports: `${root}/merge-reports/`,
    mergeReport: (segment: number) => `${root}/merge-reports/${digits(segment, 3)}.json`,
    import: `${root}/import.json`,
    mapResults: `${root}/map-results`,
    report: `${root}/report.json`,
  };
}

/** The subject whose key seals a migration's sections; erasing it makes them noise. */
export const migrationSubject = (migrationId: string): string => `migration:${migrationId}`;
