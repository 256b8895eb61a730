import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import FormField from '@cloudscape-design/components/form-field';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Textarea, { type TextareaProps } from '@cloudscape-design/components/textarea';
import TokenGroup from '@cloudscape-design/components/token-group';
import { useRef } from 'react';
import { NameSuggestions } from '../address-book/name-suggestions.tsx';
import { useNameOf } from '../address-book/use-address-book.ts';
import { useNames } from '../address-book/use-names.ts';
import { useInitialFocus } from '../components/use-initial-focus.ts';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { FieldErrors, shownMax } from './field-errors.tsx';
import { addIds, type EnteredIds, finishedIds, type IdIssue, idsPerCallMax, noIds, removeId } from './recipient-ids.ts';
import { sharingTexts } from './texts.ts';

interface RecipientsFieldProps {
  readonly entered: EnteredIds;
  readonly onEnter: (entered: EnteredIds) => void;
  /** Text that isn't a complete ID yet. */
  readonly typed: string;
  readonly onType: (typed: string) => void;
  readonly issues: ReadonlyMap<string, IdIssue>;
  readonly images: number;
  readonly recent: readonly string[];
  readonly onClearRecent: () => void;
  readonly isChecking: boolean;
  /** Whether the service confirmed exactly these IDs. */
  readonly isChecked: boolean;
  readonly errorText: string | undefined;
  /** Whether the field is the first one of the dialog, and gets the focus. */
  readonly isFirst?: boolean;
}

export function RecipientsField({
  entered,
  onEnter,
  typed,
  onType,
  issues,
  recent,
  isFirst = true,
  ...rest
}: RecipientsFieldProps) {
  const texts = useRegionTexts(sharingTexts);
  const nameOf = useNameOf();
  const names = useNames();
  const field = useRef<TextareaProps.Ref>(null);
  useInitialFocus(() => (isFirst ? field.current : null));
  const offered = recent.filter((id) => !entered.ids.includes(id));
  const invalid = entered.ids.filter((id) => issues.get(id)?.isError);
  const take = (ids: readonly string[]) => onEnter(addIds(entered, ids));
  // The pressed button disappears with the IDs and would lose the focus.
  const remove = (after: EnteredIds) => {
    onEnter(after);
    field.current?.focus();
  };
  const others = entered.ids.filter((id) => !issues.has(id));
  return (
    <SpaceBetween size="xs">
      <FormField
        label={texts.recipients}
        description={texts.recipientsHint(idsPerCallMax)}
        errorText={rest.errorText}
        secondaryControl={
          <SpaceBetween size="xs" direction="horizontal">
            <Button
              onClick={() => {
                take(names.idsIn(typed));
                onType('');
                field.current?.focus();
              }}
            >
              {texts.add}
            </Button>
            {offered.length > 0 && (
              <ButtonDropdown
                expandToViewport
                items={[...offered.map((id) => ({ id, text: nameOf(id) })), { id: '', text: texts.clearRecent }]}
                onItemClick={({ detail: { id } }) => (id === '' ? rest.onClearRecent() : take([id]))}
              >
                {texts.recent}
              </ButtonDropdown>
            )}
          </SpaceBetween>
        }
      >
        <Textarea
          ref={field}
          rows={2}
          spellcheck={false}
          autoComplete={false}
          value={typed}
          onChange={({ detail: { value } }) => {
            const named = value.includes('\n') ? names.idOf(value) : undefined;
            const finished =
              named !== undefined
                ? { ids: [named], rest: '' }
                : names.isPartOfName(value)
                  ? { ids: [], rest: value }
                  : finishedIds(typed, value);
            if (finished.ids.length > 0) {
              take(finished.ids);
            }
            onType(finished.ids.length > 0 || value.trim() === '' ? finished.rest : value);
          }}
        />
      </FormField>
      <NameSuggestions
        typed={typed}
        without={entered.ids}
        onChoose={(id) => {
          take([id]);
          onType('');
          field.current?.focus();
        }}
      />
      {entered.ids.length > 0 && (
        <SpaceBetween size="xs" direction="horizontal" alignItems="center">
          <Box fontWeight="bold">{texts.entered(entered.ids.length)}</Box>
          <Button variant="inline-link" onClick={() => remove(noIds)}>
            {texts.removeAll}
          </Button>
          {invalid.length > 0 && (
            <Button variant="inline-link" onClick={() => remove(invalid.reduce(removeId, entered))}>
              {texts.removeInvalid(invalid.length)}
            </Button>
          )}
          <LiveRegion tagName="span">
            {rest.isChecking && <StatusIndicator type="loading">{texts.checking}</StatusIndicator>}
            {rest.isChecked && <StatusIndicator type="success">{texts.checked}</StatusIndicator>}
            {!rest.isChecking && invalid.length > 0 && (
              <StatusIndicator type="error">{texts.invalid(invalid.length)}</StatusIndicator>
            )}
          </LiveRegion>
        </SpaceBetween>
      )}
      <FieldErrors issues={issues} images={rest.images} onRemove={(id) => remove(removeId(entered, id))} />
      <TokenGroup
        disableOuterPadding
        items={others.slice(0, shownMax).map((id) => ({ label: nameOf(id), dismissLabel: texts.removeId(id) }))}
        onDismiss={({ detail }) => {
          const id = others[detail.itemIndex];
          if (id !== undefined) {
            // TokenGroup moves the focus to another of its buttons, unless this is the last one.
            (others.length > 1 ? onEnter : remove)(removeId(entered, id));
          }
        }}
      />
      {others.length > shownMax && <Box color="text-body-secondary">{texts.more(others.length - shownMax)}</Box>}
    </SpaceBetween>
  );
}
