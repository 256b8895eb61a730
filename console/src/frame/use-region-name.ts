import { commonTexts } from '../texts/common.ts';
import { regionTexts } from '../texts/regions.ts';
import { useTexts } from '../texts/use-texts.ts';

/** Returns a function that puts the ID of a region into words: with its city, if that is known. */
export function useRegionName(): (id: string) => string {
  const { named } = useTexts(commonTexts);
  const { cities } = useTexts(regionTexts);
  return (id) => {
    const city = cities[id];
    return city === undefined ? id : named(city, id);
  };
}
