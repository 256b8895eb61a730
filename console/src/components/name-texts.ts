const en = {
  name: 'Name',
  limit: (bytes: number) => `Up to ${bytes} bytes. A Chinese character takes 3 bytes.`,
  missing: 'Enter a name.',
  tooLong: (bytes: number) => `Name must be ${bytes} bytes or fewer.`,
};

const zh: typeof en = {
  name: '名称',
  limit: (bytes) => `最多 ${bytes} 字节（一个汉字占 3 字节）。`,
  missing: '请输入名称。',
  tooLong: (bytes) => `名称不能超过 ${bytes} 字节。`,
};

export const nameTexts = { en, zh };
