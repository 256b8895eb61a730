const en = {
  name: 'Name',
  bound: (bytes: number) => `At most ${bytes} bytes in UTF-8.`,
  missing: 'Enter a name.',
  tooLong: (bytes: number) => `The name is longer than ${bytes} bytes.`,
};

const zh: typeof en = {
  name: '名称',
  bound: (bytes) => `UTF-8 编码最多 ${bytes} 字节。`,
  missing: '请输入名称。',
  tooLong: (bytes) => `名称超过 ${bytes} 字节。`,
};

export const nameTexts = { en, zh };
