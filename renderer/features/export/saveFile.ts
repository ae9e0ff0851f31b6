import { getI18n } from 'react-i18next';
import type { ExportStatus } from '#shared/api/exports.ts';
import { platform } from '../../platform/index.ts';
import { notify } from '../../ui/index.ts';

/** Saves the file of an export where the person says, and says that it is. @returns false when they would rather not. */
export async function saveFile({ id, fileName }: ExportStatus): Promise<boolean> {
  const name = await platform.saveExport(id, fileName);
  if (name === null) return false;
  notify(getI18n().t('share.export.kept', { name }));
  return true;
}
