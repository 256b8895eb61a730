import Box from '@cloudscape-design/components/box';
import { formatTime } from '../components/format-time.ts';
import type { Column } from '../components/use-table-layout.tsx';
import type { RecordRow } from './record-row.ts';
import type { RecordTexts } from './record-texts.ts';

type RecordColumn = Column<RecordRow>;

/** The columns of records, in two parts: lists of several images have the image between them. */
export const recordColumns = (
  texts: RecordTexts,
  noValue: string,
): { readonly first: RecordColumn[]; readonly last: RecordColumn[] } => ({
  first: [
    { id: 'when', header: texts.when, cell: ({ at }) => formatTime(at), sortingField: 'at', width: 170, minWidth: 115 },
    {
      id: 'what',
      header: texts.what,
      cell: ({ what }) => what,
      narrowCell: ({ what, at }) => (
        <>
          {what}
          <Box variant="small" display="block">
            {formatTime(at)}
          </Box>
        </>
      ),
      sortingField: 'what',
      isRowHeader: true,
      width: 135,
      minWidth: 120,
    },
  ],
  last: [
    { id: 'about', header: texts.about, cell: ({ about }) => about || noValue, width: 275, minWidth: 200 },
    { id: 'who', header: texts.who, cell: ({ who }) => who, sortingField: 'who', width: 150, minWidth: 140 },
    { id: 'from', header: texts.from, cell: ({ from }) => from || noValue, sortingField: 'from', width: 130, minWidth: 110 },
    { id: 'requestId', header: texts.requestId, cell: ({ requestId }) => requestId, minWidth: 330 },
  ],
});
