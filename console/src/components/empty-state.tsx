import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';

interface EmptyStateProps {
  readonly title: string;
  readonly text?: string;
  /** The action that resolves the empty state. */
  readonly children?: React.ReactNode;
}

export const EmptyState = ({ title, text, children }: EmptyStateProps) => (
  <Box textAlign="center" padding="m">
    <SpaceBetween size="xs">
      <Box variant="strong">{title}</Box>
      {text !== undefined && <Box color="text-body-secondary">{text}</Box>}
      {children}
    </SpaceBetween>
  </Box>
);
