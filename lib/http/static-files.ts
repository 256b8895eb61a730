import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { accepts, type CachedFile, etagOf } from './cached-file.ts';

/** A file of the console. */
export interface StaticFile extends CachedFile {
  /** Whether the name changes with the content, so that caches never need to revalidate it. */
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

/** The compressed copies that the build creates next to each file, smallest first. */
const encodings = [
  { encoding: 'br', suffix: '.br' },
  { encoding: 'gzip', suffix: '.gz' },
] as const;

/** The folder of files whose names contain a hash of their content. */
const hashedFolder = 'assets/';
const index = 'index.html';

/** A segment of a path. It can't start with a dot, so that no path leaves the folder. */
const segment = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/;

/**
 * Returns the file for a path below /console/, in the smallest encoding that the browser accepts. Paths that are not files are
 * pages of the app and return index.html. Undefined if there is no such file.
 */
export async function staticFile(
  path: string,
  acceptEncoding: string | undefined,
  folder = join('console', 'dist'),
): Promise<StaticFile | undefined> {
  const segments = path.split('/').filter((part, index, all) => part !== '' || index < all.length - 1);
  if (!segments.every((part) => segment.test(part))) {
    return undefined;
  }
  const isFile = path.startsWith(hashedFolder) || Object.hasOwn(contentTypes, extname(path));
  const name = isFile ? path : index;
  const metadata = {
    contentType: contentTypes[extname(name)] ?? 'application/octet-stream',
    isImmutable: name.startsWith(hashedFolder),
  };
  for (const { encoding, suffix } of encodings.filter((copy) => accepts(acceptEncoding, copy.encoding))) {
    const body = await contentOf(join(folder, name + suffix));
    if (body !== undefined) {
      return { ...metadata, contentEncoding: encoding, body, etag: etagOf(body) };
    }
  }
  const body = await contentOf(join(folder, name));
  return body && { ...metadata, body, etag: etagOf(body) };
}

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
