import { Button } from '@mantine/core';
import { IconCloudOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { StatePage } from '../../ui/index.ts';

/** The relay did not answer at the start. */
export function UnreachablePage({ onRetry }: { readonly onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <main>
      <StatePage
        icon={<IconCloudOff size={40} stroke={1.4} />}
        title={t('app.unreachable.title')}
        acts={<Button onClick={onRetry}>{t('app.retry')}</Button>}
      >
        {t('app.unreachable.text')}
      </StatePage>
    </main>
  );
}
