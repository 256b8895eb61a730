import { countOf } from '../texts/wording.ts';

const list = new Intl.ListFormat('en', { type: 'conjunction' });
const listZh = new Intl.ListFormat('zh-CN', { type: 'conjunction' });

const en = {
  show: 'Show as API call',
  name: 'API call',
  nothing: 'No call would be sent yet. Correct the marked fields, or wait until everything is loaded.',
  httpApi: 'HTTP API',
  commands: 'commands',
  curlText: (calls: number) =>
    calls === 1
      ? 'This command sends the same request as the dialog. Set TOKEN to your token.'
      : `The dialog sends ${countOf(calls, 'request')}. These commands send the same ones. Set TOKEN to your token.`,
  cliText: (commands: number, program: string) =>
    `${commands === 1 ? 'This command makes' : 'These commands make'} the same change with ${program}, which signs with one of your access keys.`,
  needsTls: (program: string) => `${program} always uses TLS, but this service doesn't.`,
  stepwise: 'The HTTP API makes a change as a whole. These commands make it step by step.',
  noRevision: "Unlike the HTTP API, a command doesn't check whether the image has changed since you opened the dialog.",
  noCall: (name: string) => `The ${name} has no call for this change. Use the HTTP API.`,
  missing: (name: string, fields: readonly string[]) =>
    `The ${name} has no call that sets ${list.format(fields)} as this change does. Use the HTTP API.`,
};

const zh: typeof en = {
  show: '显示 API 调用',
  name: 'API 调用',
  nothing: '目前不会发送任何调用。请修改标出的字段，或等待内容加载完成。',
  httpApi: 'HTTP API',
  commands: '命令',
  curlText: (calls) =>
    calls === 1
      ? '此命令发送的请求与对话框相同。请将 TOKEN 设为您的令牌。'
      : `对话框会发送 ${calls} 个请求，以下命令与之相同。请将 TOKEN 设为您的令牌。`,
  cliText: (_, program) => `以下命令用 ${program} 进行同样的更改，并使用您的访问密钥签名。`,
  needsTls: (program) => `${program} 只使用加密连接，而本服务的连接未加密。`,
  stepwise: 'HTTP API 会一次完成整个更改，以下命令则分步完成。',
  noRevision: '与 HTTP API 不同，命令不会检查镜像在您打开对话框之后是否已更改。',
  noCall: (name) => `${name} 没有可进行此更改的调用，请使用 HTTP API。`,
  missing: (name, fields) => `${name} 没有可按此方式设置 ${listZh.format(fields)} 的调用，请使用 HTTP API。`,
};

export const apiCallTexts = { en, zh };
