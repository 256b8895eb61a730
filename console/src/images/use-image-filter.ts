import type { PropertyFilterProps } from '@cloudscape-design/components/property-filter';
import { useCallback, useMemo } from 'react';
import { useSearchStates } from '../frame/use-search-state.ts';
import { textsOfTokens, tokensOfTexts } from './image-filter.ts';

type Tokens = PropertyFilterProps.Query['tokens'];

/** The filter of the list, which is in the URL. */
export function useImageFilter(): readonly [Tokens, (tokens: Tokens) => void] {
  const [texts, setTexts] = useSearchStates('filter');
  const tokens = useMemo(() => tokensOfTexts(texts), [texts]);
  return [tokens, useCallback((changed: Tokens) => setTexts(textsOfTokens(tokensOfTexts(textsOfTokens(changed)))), [setTexts])];
}
