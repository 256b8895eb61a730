import { alibabaCommandLine } from './alibaba.ts';
import type { CommandLine } from './command-line.ts';
import { tencentCommandLine } from './tencent.ts';
import { ucloudCommandLine } from './ucloud.ts';

/** The command-line tools of the clouds, by policy. */
export const commandLines: Readonly<Partial<Record<string, CommandLine>>> = {
  tencent: tencentCommandLine,
  alibaba: alibabaCommandLine,
  ucloud: ucloudCommandLine,
};
