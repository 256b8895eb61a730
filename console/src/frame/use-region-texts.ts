import { type Texts, useTexts } from '../texts/use-texts.ts';
import type { PrincipalKind } from '../texts/wording.ts';
import { useWorkspace } from './workspace.tsx';

/** The texts in the chosen language, for what owns images in the chosen region: accounts or projects. */
export function useRegionTexts<Keys>(texts: Texts<Readonly<Record<PrincipalKind, Keys>>>): Keys {
  const { region } = useWorkspace();
  return useTexts(texts)[region.principalKind];
}
