import { useTexts } from '../texts/use-texts.ts';
import { imagesTexts } from './texts.ts';

/** Fraction of the cap at which the meter turns to its warning color. */
const highPart = 0.9;

export function SharingMeter({ used, cap }: { used: number; cap: number }) {
  const texts = useTexts(imagesTexts);
  return (
    <div style={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: '8px' }}>
      <meter
        aria-label={texts.meterLabel(used, cap)}
        min={0}
        max={cap}
        high={cap * highPart}
        optimum={0}
        value={used}
        style={{ width: '72px' }}
      />
      <span>{texts.meter(used, cap)}</span>
    </div>
  );
}
