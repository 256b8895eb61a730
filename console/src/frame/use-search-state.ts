import { startTransition, useCallback, useMemo, useOptimistic } from 'react';
import { useLocation, useNavigate } from 'react-router';

type Params = Readonly<Record<string, string | readonly string[]>>;

/** Returns a function that changes query parameters of the URL. It keeps the others, and drops empty values. */
export function useSearchChange(): (changes: Params) => void {
  const navigate = useNavigate();
  return useCallback(
    (changes) => {
      // Several changes can happen before the next render, so the rendered location isn't current enough.
      const params = new URLSearchParams(location.search);
      for (const [name, values] of Object.entries(changes)) {
        params.delete(name);
        for (const value of [values].flat().filter((one) => one !== '')) {
          params.append(name, value);
        }
      }
      void navigate({ search: params.toString() }, { replace: true });
    },
    [navigate],
  );
}

/**
 * Like useState, for what a reload, the Back button, or a copied link must restore, such as a tab or a search text: the state is
 * a query parameter of the URL. The default is the empty text, which isn't in the URL.
 */
export function useSearchState(name: string): readonly [string, (value: string) => void] {
  const [[value = ''], change] = useSearchStates(name);
  return [value, useCallback((next: string) => change([next]), [change])];
}

/** The same for a query parameter that is repeated. */
export function useSearchStates(name: string): readonly [readonly string[], (values: readonly string[]) => void] {
  const { search } = useLocation();
  const changeSearch = useSearchChange();
  // The router renders a new location with low priority, but a field must show at once what is typed.
  const [shown, show] = useOptimistic(JSON.stringify(new URLSearchParams(search).getAll(name)));
  const change = useCallback(
    (values: readonly string[]) =>
      startTransition(() => {
        show(JSON.stringify(values));
        changeSearch({ [name]: values });
      }),
    [show, changeSearch, name],
  );
  return [useMemo((): readonly string[] => JSON.parse(shown), [shown]), change];
}
