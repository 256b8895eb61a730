import { usePreferences } from '../frame/preferences.tsx';
import { chinese, english, type ServiceTexts } from './service-texts.ts';

export const useServiceTexts = (): ServiceTexts => (usePreferences().language === 'zh' ? chinese : english);
