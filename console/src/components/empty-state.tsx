import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';

interface EmptyStateProps {
  readonly title: string;
  readonly text?: string;
  /** What can be done about it. */
  readonly children?: React.ReactNode;
}

/** What a table shows that has no rows. */
export const EmptyState = ({ title, text, children }: EmptyStateProps) => (
  <Box textAlign="center" padding="m">
    <SpaceBetween size="xs">
      <Box variant="strong">{title}</Box>
      {text !== undefined && <Box color="text-body-secondary">{text}</Box>}
      {children}
    </SpaceBetween>
  </Box>
);
