declare module 'yazl' {
  export class ZipFile {
    readonly outputStream: NodeJS.ReadableStream;
    addBuffer(content: Buffer, name: string, options: { readonly mtime: Date; readonly mode: number }): void;
    end(): void;
  }
}
