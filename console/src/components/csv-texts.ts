import { countOf } from '../texts/wording.ts';

const en = {
  download: 'Download CSV',
  about: (max: number) => `The file has all rows that match the filters, up to ${max.toLocaleString('en')}.`,
  loaded: (rows: number) => `Loaded ${countOf(rows, 'row')}`,
  saved: (rows: number, file: string) => `Saved ${countOf(rows, 'row')} as ${file}.`,
  cut: (max: number) =>
    `There are more rows. The file has the first ${max.toLocaleString('en')}. For the rest, narrow the filters.`,
};

const zh: typeof en = {
  download: '下载 CSV',
  about: (max) => `文件包含符合筛选条件的全部数据，最多 ${max} 行。`,
  loaded: (rows) => `已加载 ${rows} 行`,
  saved: (rows, file) => `已将 ${rows} 行保存为 ${file}。`,
  cut: (max) => `数据超过 ${max} 行，文件仅包含前 ${max} 行。如需其余数据，请缩小筛选范围。`,
};

export const csvTexts = { en, zh };
