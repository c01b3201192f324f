import { usdOf } from '@lamplighter/pricing';
import type { MigrationPrices } from '../../domain/migration/estimate/migration-size.ts';

/** What a migration is paid by, from the price book (us-east-1). */
export function migrationPrices(): MigrationPrices {
  return {
    lambdaGbSecond: usdOf('lambda.duration_arm_tier1'),
    lambdaRequest: usdOf('lambda.requests') / 1e6,
    s3Put: usdOf('s3.put_requests') / 1e3,
    s3Get: usdOf('s3.get_requests') / 1e3,
    kmsRequest: usdOf('kms.requests') / 1e4,
    tableWrite: usdOf('dynamodb.ondemand_wru') / 1e6,
    tableRead: usdOf('dynamodb.ondemand_rru') / 1e6,
    importGb: usdOf('dynamodb.import_from_s3'),
    capacityUnitHour: usdOf('aurora.serverless_v2_acu_hour'),
    dataApiRequest: usdOf('aurora.data_api_first_1B') / 1e6,
    databaseIo: usdOf('aurora.io_requests') / 1e6,
    transition: usdOf('stepfunctions.standard_transition') / 1e3,
    streamHour: usdOf('kinesis.ondemand_stream_hour'),
    streamIngestGb: usdOf('kinesis.ondemand_ingest'),
    streamReadGb: usdOf('kinesis.ondemand_retrieve'),
  };
}
