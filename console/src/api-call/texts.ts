const en = {
  show: 'Show as API call',
  text: 'This command sends the same request as the dialog. Set TOKEN to your token.',
  incomplete: 'The form is incomplete. Correct the marked fields first.',
  name: 'API call',
};

const zh: typeof en = {
  show: '显示 API 调用',
  text: '此命令发送的请求与对话框相同。请将 TOKEN 设为您的令牌。',
  incomplete: '表单尚未填写完整，请先修改标出的字段。',
  name: 'API 调用',
};

export const apiCallTexts = { en, zh };
