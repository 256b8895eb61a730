import { useLocation } from 'react-router';
import { Page } from '../components/page.tsx';
import { PageLink } from '../components/page-link.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { useBreadcrumb } from './breadcrumbs.tsx';

export function NotFound() {
  const texts = useTexts(commonTexts);
  const { pathname } = useLocation();
  useBreadcrumb({ below: '', name: texts.notFoundTitle });
  return (
    <Page title={texts.notFoundTitle} description={texts.notFoundText(`/console${pathname}`)}>
      <PageLink to="/images">{texts.customImages}</PageLink>
    </Page>
  );
}
