import { createHash, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';

const VERIFIER = /^SCRAM-SHA-256\$(\d+):([^$]+)\$([^:]+):(.+)$/;

/** Whether a password fits the verifier that PostgreSQL keeps of it in `pg_authid`. Source: RFC 5802, section 3. */
export function fitsVerifier(password: string, verifier: string | null): boolean {
  const [, iterations, salt, storedKey] = VERIFIER.exec(verifier ?? '') ?? [];
  if (!iterations || !salt || !storedKey) return false;
  const salted = pbkdf2Sync(password.normalize('NFKC'), Buffer.from(salt, 'base64'), Number(iterations), 32, 'sha256');
  const clientKey = createHmac('sha256', salted).update('Client Key').digest();
  return timingSafeEqual(createHash('sha256').update(clientKey).digest(), Buffer.from(storedKey, 'base64'));
}
