import { useTranslation } from 'react-i18next';
import { PageHead, StatePage } from '../../ui/index.ts';

/** What a page of administration is for everybody else. */
export function AdministratorsOnly() {
  const { t } = useTranslation();
  return (
    <>
      <PageHead />
      <StatePage title={t('app.notAllowed.title')}>{t('administration.notAdministrator')}</StatePage>
    </>
  );
}
