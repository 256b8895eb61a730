import { commonTexts } from '../texts/common.ts';
import { regionTexts } from '../texts/regions.ts';
import { useTexts } from '../texts/use-texts.ts';
import { useWorkspace } from './workspace.tsx';

/** The regions that an image can be copied to, as options with their cities: those with the policy of the chosen region. */
export function useRegionOptions(imageRegion: string) {
  const { currentRegion, listSeparator } = useTexts(commonTexts);
  const { cities } = useTexts(regionTexts);
  const { regions, region: here } = useWorkspace();
  return regions
    .filter(({ policy }) => policy === here.policy)
    .map(({ region }) => {
      const notes = [cities[region] ?? '', region === imageRegion ? currentRegion : ''].filter((note) => note !== '');
      return { value: region, label: region, ...(notes.length > 0 && { description: notes.join(listSeparator) }) };
    });
}
