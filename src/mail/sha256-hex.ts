import { hash } from 'node:crypto';

/** Hex SHA-256 of bytes that are all here. */
export function sha256Hex(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex');
}
