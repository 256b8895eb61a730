/** A search field with more filters next to it, or below it on a narrow screen. */
export const FilterRow = ({ search, children }: { search: React.ReactNode; children: React.ReactNode }) => (
  <div style={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px 20px' }}>
    <div style={{ flex: '1 1 220px', maxWidth: '650px' }}>{search}</div>
    {children}
  </div>
);
