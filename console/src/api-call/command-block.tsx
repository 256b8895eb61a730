import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Copyable } from '../components/copyable.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { apiCallTexts } from './texts.ts';

const codeStyle = {
  maxHeight: '50vh',
  overflowY: 'auto',
  whiteSpace: 'pre-wrap',
  overflowWrap: 'anywhere',
} as const;

/** Commands with what they are, notes about them, and a button that copies all of them. */
export function CommandBlock({
  commands,
  name,
  text,
  children,
}: {
  commands: readonly string[];
  name: string;
  text: string;
  children?: React.ReactNode;
}) {
  const texts = useTexts(apiCallTexts);
  const script = commands.join('\n\n');
  return (
    <SpaceBetween size="s">
      <Box>{text}</Box>
      {children}
      <Box variant="code">
        {/* A long script scrolls, also by keyboard. */}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: so that the keyboard scrolls it */}
        <section aria-label={name} tabIndex={0} style={codeStyle}>
          {script}
        </section>
      </Box>
      <Copyable text={script} name={texts.commands} isButtonOnly />
    </SpaceBetween>
  );
}
