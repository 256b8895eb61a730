import { useTexts } from '../texts/texts.ts';
import { imagesTexts } from './texts.ts';

/** From this part of the cap on the bar warns. */
const highPart = 0.9;

/** How many of the places for recipients are taken, as a bar and in words. */
export function SharingMeter({ used, cap }: { used: number; cap: number }) {
  const texts = useTexts(imagesTexts);
  return (
    <div style={{ display: 'flex', alignItems: 'center', gap: '8px' }}>
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
