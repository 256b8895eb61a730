import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inflateRawSync } from 'node:zlib';

const centralDirectoryEnd = 'PK\x05\x06';
const deflated = 8;

/** Returns the files of a zip archive, by name. Field offsets: PKWARE's APPNOTE.TXT, section 4.3. */
export function filesOfZip(zip: Buffer): Map<string, Buffer> {
  const end = zip.lastIndexOf(centralDirectoryEnd, undefined, 'latin1');
  const files = new Map<string, Buffer>();
  let header = zip.readUInt32LE(end + 16);
  for (let remaining = zip.readUInt16LE(end + 10); remaining > 0; remaining -= 1) {
    const nameLength = zip.readUInt16LE(header + 28);
    const name = zip.toString('utf8', header + 46, header + 46 + nameLength);
    // The local header repeats the name, and has its own extra fields.
    const local = zip.readUInt32LE(header + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const content = zip.subarray(start, start + zip.readUInt32LE(header + 20));
    files.set(name, zip.readUInt16LE(header + 10) === deflated ? inflateRawSync(content) : content);
    header += 46 + nameLength + zip.readUInt16LE(header + 30) + zip.readUInt16LE(header + 32);
  }
  return files;
}

/** Extracts a zip archive into a folder. */
export function unzip(zip: string, folder: string): void {
  for (const [name, content] of filesOfZip(readFileSync(zip))) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}
