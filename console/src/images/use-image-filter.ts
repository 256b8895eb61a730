import type { PropertyFilterProps } from '@cloudscape-design/components/property-filter';
import { useCallback, useMemo } from 'react';
import { useSearchState, useSearchStates } from '../frame/use-search-state.ts';

type Query = PropertyFilterProps.Query;

/** A token is `name:web`, `state!=failed`, or `:web` for any property. */
const tokenForm = /^(?<key>state|tagTexts|name|imageId|os|architecture|)(?<operator>!=|!:|=|:)(?<value>.+)$/su;

function tokensOf(texts: readonly string[]): Query['tokens'] {
  return texts.flatMap((text) => {
    const { key = '', operator = '', value = '' } = tokenForm.exec(text)?.groups ?? {};
    return value === '' ? [] : [{ ...(key !== '' && { propertyKey: key }), operator, value }];
  });
}

/** The filter of the list, which is in the URL. */
export function useImageFilter(): readonly [Query, (filter: Query) => void] {
  const [texts, setTexts] = useSearchStates('filter');
  const [match, setMatch] = useSearchState('match');
  const filter = useMemo((): Query => ({ tokens: tokensOf(texts), operation: match === 'any' ? 'or' : 'and' }), [texts, match]);
  const change = useCallback(
    ({ tokens, operation }: Query) => {
      setTexts(tokens.map(({ propertyKey = '', operator, value }) => `${propertyKey}${operator}${value}`));
      setMatch(operation === 'or' ? 'any' : '');
    },
    [setTexts, setMatch],
  );
  return [filter, change];
}
