import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** A file of the console, ready to be sent. */
export interface StaticFile {
  readonly contentType: string;
  readonly contentEncoding?: 'br' | 'gzip';
  readonly body: Buffer;
  /** Of these very bytes, quoted. */
  readonly etag: string;
  /** Whether its name changes with its content, so that a cached copy never has to be checked. */
  readonly isImmutable: boolean;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.gif': 'image/gif',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/** The compressed copies that the build puts beside a file, the smallest first, and how their names end. */
const copies = [
  { encoding: 'br', suffix: '.br' },
  { encoding: 'gzip', suffix: '.gz' },
] as const;

/** Files that the build names after their content. */
const immutables = 'assets/';
const index = 'index.html';

/** Names of files, and ids in paths of the app: neither begins with a dot, so that no path leads out of the folder. */
const segment = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/;

/**
 * The file that a path below /console/ stands for, in the smallest form that the browser takes: paths that name no file
 * are pages of the app, which index.html shows. Undefined where there is none.
 */
export async function staticFile(
  path: string,
  acceptEncoding: string | undefined,
  folder = join('console', 'dist'),
): Promise<StaticFile | undefined> {
  const segments = path.split('/').filter((part, at, all) => part !== '' || at < all.length - 1);
  if (!segments.every((part) => segment.test(part))) {
    return undefined;
  }
  const isFile = path.startsWith(immutables) || Object.hasOwn(contentTypes, extname(path));
  const name = isFile ? path : index;
  const form = {
    contentType: contentTypes[extname(name)] ?? 'application/octet-stream',
    isImmutable: name.startsWith(immutables),
  };
  for (const { encoding, suffix } of copies.filter((copy) => takes(acceptEncoding, copy.encoding))) {
    const body = await contentOf(join(folder, name + suffix));
    if (body !== undefined) {
      return { ...form, contentEncoding: encoding, body, etag: etagOf(body) };
    }
  }
  const body = await contentOf(join(folder, name));
  return body && { ...form, body, etag: etagOf(body) };
}

/** Whether an Accept-Encoding names the coding and does not refuse it with a weight of zero. */
const takes = (acceptEncoding = '', coding: string): boolean =>
  acceptEncoding
    .split(',')
    .map((entry) =>
      entry
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/),
    )
    .some(([name, weight = '']) => name === coding && !/^q=0(\.0*)?$/.test(weight));

const etagOf = (body: Buffer): string => `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;

async function contentOf(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (failure) {
    if (['ENOENT', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG'].includes((failure as NodeJS.ErrnoException).code ?? '')) {
      return undefined;
    }
    throw failure;
  }
}
