import type { TableProps } from '@cloudscape-design/components/table';
import { formatTime } from '../components/format-time.ts';
import type { RecordRow } from './record-row.ts';
import type { RecordTexts } from './record-texts.ts';

type Column = TableProps.ColumnDefinition<RecordRow>;

/** The columns of records, in two parts: lists of several images have the image between them. */
export const recordColumns = (texts: RecordTexts, noValue: string): { readonly first: Column[]; readonly last: Column[] } => ({
  first: [
    { id: 'when', header: texts.when, cell: ({ at }) => formatTime(at), sortingField: 'at', minWidth: 170 },
    { id: 'what', header: texts.what, cell: ({ what }) => what, sortingField: 'what', isRowHeader: true, minWidth: 160 },
  ],
  last: [
    { id: 'about', header: texts.about, cell: ({ about }) => about || noValue, minWidth: 300 },
    { id: 'who', header: texts.who, cell: ({ who }) => who, sortingField: 'who', minWidth: 170 },
    { id: 'from', header: texts.from, cell: ({ from }) => from || noValue, sortingField: 'from', minWidth: 150 },
    { id: 'requestId', header: texts.requestId, cell: ({ requestId }) => requestId, minWidth: 330 },
  ],
});
