import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApiDocument } from '../domain/api/openapi.ts';

/** `pnpm --filter @lamplighter/service-reservation openapi`: writes openapi/reservation.json from the schemas that validate. */
const file = join(import.meta.dirname, '../../openapi/reservation.json');
writeFileSync(file, `${JSON.stringify(openApiDocument(), null, 2)}\n`);
