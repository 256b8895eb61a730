import type { Key, OwnService } from './own-service.ts';
import type { ToolName } from './tools.ts';

/** What a client works with. */
export interface Bench {
  readonly service: OwnService;
  readonly key: Key;
  /** The proxy, for http and https. */
  readonly proxy: string;
  /** The file with its certificate. */
  readonly certificate: string;
  /** For the client's own files. */
  readonly folder: string;
}

/** A whole use of a client. */
export interface Client {
  /** Also the name of its fixture. */
  readonly name: string;
  readonly tool: ToolName;
  /** What it does, for the table. */
  readonly what: string;
  /** Images that have to be there, by their regions; `run` is given their IDs in this order. */
  readonly sources: readonly string[];
  /** Why its requests are not recorded: what the service answers depends on more than them and the images in `sources`. */
  readonly notRecorded?: string;
  /** Throws where the client fails, or where the service is not as it should be afterwards. */
  readonly run: (bench: Bench, sources: readonly string[]) => Promise<void>;
}

/** The environment of a client: what finds the proxy, and nothing of the shell that could lead it elsewhere. */
export const environmentOf = ({ proxy, certificate, folder }: Bench): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '',
  HOME: folder,
  TMPDIR: folder,
  HTTPS_PROXY: proxy,
  HTTP_PROXY: proxy,
  https_proxy: proxy,
  http_proxy: proxy,
  SSL_CERT_FILE: certificate,
});
