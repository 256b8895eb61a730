import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group';
import { createContext, useContext, useEffect, useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { useHrefTo } from './workspace.tsx';

/** A breadcrumb below a page of the navigation. */
interface End {
  readonly below: string;
  readonly name: string;
}

const BreadcrumbsContext = createContext<readonly [End | undefined, (end: End | undefined) => void]>([undefined, () => {}]);

export function BreadcrumbsProvider({ children }: { children: React.ReactNode }) {
  const [end, setEnd] = useState<End>();
  const value = useMemo(() => [end, setEnd] as const, [end]);
  return <BreadcrumbsContext value={value}>{children}</BreadcrumbsContext>;
}

/** Adds a breadcrumb while the calling page is mounted. */
export function useBreadcrumb({ below, name }: End): void {
  const [, setEnd] = useContext(BreadcrumbsContext);
  useEffect(() => {
    setEnd({ below, name });
    return () => setEnd(undefined);
  }, [below, name, setEnd]);
}

export const useLastBreadcrumb = (): End | undefined => useContext(BreadcrumbsContext)[0];

/** Also sets the document title. */
export function Breadcrumbs({ pages, active }: { pages: readonly (readonly [path: string, name: string])[]; active: string }) {
  const texts = useTexts(commonTexts);
  const navigate = useNavigate();
  const hrefTo = useHrefTo();
  const end = useLastBreadcrumb();
  const here = end?.name ?? pages.find(([path]) => path === active)?.[1];
  useEffect(() => {
    document.title = here === undefined ? texts.product : `${here} | ${texts.product}`;
  }, [here, texts.product]);
  return (
    <BreadcrumbGroup
      items={[
        { text: texts.product, href: `/console${hrefTo('/images')}` },
        ...pages.filter(([path]) => path === active).map(([path, text]) => ({ text, href: `/console${hrefTo(path)}` })),
        ...(end === undefined ? [] : [{ text: end.name, href: '' }]),
      ]}
      onFollow={(event) => {
        event.preventDefault();
        void navigate(event.detail.href.replace(/^\/console/, ''));
      }}
    />
  );
}
