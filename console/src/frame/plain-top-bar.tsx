import TopNavigation from '@cloudscape-design/components/top-navigation';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { useDisplayMenu } from './display-menu.ts';

/** The top bar while there is no workspace, or no session. */
export function PlainTopBar() {
  const texts = useTexts(commonTexts);
  return <TopNavigation identity={{ href: '/console/', title: texts.product }} utilities={[useDisplayMenu()]} />;
}
