import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A certificate for these hosts that nobody else has, which is its own authority. It ends after two days. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
  /** Names the certificate to clients that read SSL_CERT_FILE. */
  readonly file: string;
}

export function makeCertificate(folder: string, hosts: readonly string[]): Certificate {
  const [keyFile, file] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const { status, stderr } = spawnSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', keyFile, '-out', file, '-days', '2'],
      ...['-subj', '/CN=Image sharing test clients', '-addext', `subjectAltName=${hosts.map((host) => `DNS:${host}`).join()}`],
    ],
    { encoding: 'utf8' },
  );
  if (status !== 0) {
    throw new Error(`openssl made no certificate: ${stderr}`);
  }
  return { key: readFileSync(keyFile, 'utf8'), cert: readFileSync(file, 'utf8'), file };
}
