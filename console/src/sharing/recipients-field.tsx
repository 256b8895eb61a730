import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Textarea, { type TextareaProps } from '@cloudscape-design/components/textarea';
import TokenGroup from '@cloudscape-design/components/token-group';
import { useRef } from 'react';
import { useFirstFocus } from '../parts/use-first-focus.ts';
import { useTexts } from '../texts/texts.ts';
import { type Entered, enter, finishedIds, idsIn, idsPerCallMax, nobody, type Remark, withdraw } from './recipient-ids.ts';
import { Remarks, shownMax } from './remarks.tsx';
import { sharingTexts } from './texts.ts';

interface Recipients {
  readonly holderKind: 'account' | 'project';
  readonly entered: Entered;
  readonly onEnter: (entered: Entered) => void;
  /** What is typed and not finished. */
  readonly typed: string;
  readonly onType: (typed: string) => void;
  readonly remarks: ReadonlyMap<string, Remark>;
  readonly images: number;
  readonly recent: readonly string[];
  readonly onForget: () => void;
  readonly isChecking: boolean;
  /** Whether the service was asked about these very ids and knows them. */
  readonly isChecked: boolean;
  readonly errorText: string | undefined;
}

/** Takes ids that are typed, pasted or picked, and says of each what is wrong with it. */
export function RecipientsField({ entered, onEnter, typed, onType, remarks, recent, ...rest }: Recipients) {
  const texts = useTexts(sharingTexts);
  const field = useRef<TextareaProps.Ref>(null);
  useFirstFocus(() => field.current);
  const offered = recent.filter((id) => !entered.ids.includes(id));
  const wrong = entered.ids.filter((id) => remarks.get(id)?.isWrong);
  const take = (ids: readonly string[]) => onEnter(enter(entered, ids));
  // The button that was pressed goes with the ids, and the focus with it.
  const remove = (after: Entered) => {
    onEnter(after);
    field.current?.focus();
  };
  const others = entered.ids.filter((id) => !remarks.has(id));
  return (
    <SpaceBetween size="xs">
      <FormField
        label={texts.recipients}
        description={rest.holderKind === 'account' ? texts.accountIds(idsPerCallMax) : texts.projectIds(idsPerCallMax)}
        errorText={rest.errorText}
        secondaryControl={
          <SpaceBetween size="xs" direction="horizontal">
            <Button
              onClick={() => {
                take(idsIn(typed));
                onType('');
                field.current?.focus();
              }}
            >
              {texts.add}
            </Button>
            {recent.length > 0 && (
              <ButtonDropdown
                expandToViewport
                items={[...offered.map((id) => ({ id, text: id })), { id: '', text: texts.forgetRecent }]}
                onItemClick={({ detail: { id } }) => (id === '' ? rest.onForget() : take([id]))}
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
            const finished = finishedIds(typed, value);
            if (finished.ids.length > 0) {
              take(finished.ids);
            }
            onType(finished.ids.length > 0 || value.trim() === '' ? finished.rest : value);
          }}
        />
      </FormField>
      {entered.ids.length > 0 && (
        <SpaceBetween size="xs" direction="horizontal" alignItems="center">
          <Box fontWeight="bold">{texts.entered(entered.ids.length)}</Box>
          <Button variant="inline-link" onClick={() => remove(nobody)}>
            {texts.removeAll}
          </Button>
          {wrong.length > 0 && (
            <Button variant="inline-link" onClick={() => remove(wrong.reduce(withdraw, entered))}>
              {texts.removeWrong(wrong.length)}
            </Button>
          )}
          {rest.isChecking && <StatusIndicator type="loading">{texts.checking}</StatusIndicator>}
          {rest.isChecked && <StatusIndicator type="success">{texts.checked}</StatusIndicator>}
        </SpaceBetween>
      )}
      <Remarks
        remarks={remarks}
        images={rest.images}
        holderKind={rest.holderKind}
        onRemove={(id) => remove(withdraw(entered, id))}
      />
      <TokenGroup
        disableOuterPadding
        items={others.slice(0, shownMax).map((id) => ({ label: id, dismissLabel: texts.removeId(id) }))}
        onDismiss={({ detail }) => {
          const id = others[detail.itemIndex];
          if (id !== undefined) {
            // The group passes the focus to another of its buttons, as long as there is one.
            (others.length > 1 ? onEnter : remove)(withdraw(entered, id));
          }
        }}
      />
      {others.length > shownMax && <Box color="text-body-secondary">{texts.more(others.length - shownMax)}</Box>}
    </SpaceBetween>
  );
}
