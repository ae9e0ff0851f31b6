import { useTranslation } from 'react-i18next';
import type { VersionSummary } from '#shared/api/versions.ts';

/** What a version is called: by the name that it was given, otherwise by what made it. */
export function useVersionName(): (version: VersionSummary) => string {
  const { t } = useTranslation();
  return (version) => version.name ?? t(`versions.kind.${version.kind}`);
}
