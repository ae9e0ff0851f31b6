import { useTranslation } from 'react-i18next';
import { deviceName } from '#shared/domain/deviceName.ts';

/** Says a device in words, by what its browser said of itself: « Firefox sur Linux ». */
export function useDeviceName(): (userAgent: string) => string {
  const { t } = useTranslation();
  return (userAgent) => {
    const { browser, system } = deviceName(userAgent);
    return browser !== null && system !== null
      ? t('account.devices.on', { browser, system })
      : (browser ?? system ?? t('account.devices.unknown'));
  };
}
