import { Button } from '@mantine/core';
import { IconLock, IconMoodPuzzled } from '@tabler/icons-react';
import { type ErrorComponentProps, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { failureCode } from '../api/index.ts';
import { StatePage } from '../ui/index.ts';

/** What a page shows when it may not be read, or when drawing it failed; there is always a next step. */
export function ErrorScreen({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  const code = failureCode(error);
  const home = (
    <Button component={Link} to="/" variant="default">
      {t('app.backHome')}
    </Button>
  );
  if (code === 'not_allowed' || code === 'not_found_route') {
    return (
      <StatePage icon={<IconLock size={36} stroke={1.4} />} title={t('app.notAllowed.title')} acts={home}>
        {t('app.notAllowed.text')}
      </StatePage>
    );
  }
  if (code !== 'internal') {
    return (
      <StatePage
        title={t(code === 'unreachable' ? 'app.unreachable.title' : 'app.broken.title')}
        acts={
          <>
            <Button onClick={reset}>{t('app.retry')}</Button>
            {home}
          </>
        }
      >
        {t(`app.codes.${code}`)}
      </StatePage>
    );
  }
  return (
    <StatePage
      icon={<IconMoodPuzzled size={36} stroke={1.4} />}
      title={t('app.broken.title')}
      acts={
        <>
          <Button onClick={() => location.reload()}>{t('app.broken.reload')}</Button>
          {home}
        </>
      }
    >
      {t('app.broken.text')}
    </StatePage>
  );
}

/** No page has this address. */
export function NotFoundScreen() {
  const { t } = useTranslation();
  return (
    <StatePage
      title={t('app.notFound.title')}
      acts={
        <Button component={Link} to="/">
          {t('app.backHome')}
        </Button>
      }
    >
      {t('app.notFound.text')}
    </StatePage>
  );
}
