import { useTranslation } from 'react-i18next';
import { type BookForm, bookForms } from '#shared/api/exports.ts';
import { Choice } from '../../ui/index.ts';

/** What notes are made into: a book in one of its forms, or an archive. */
export type FileForm = BookForm | 'archive';
const fileForms: readonly FileForm[] = [...bookForms, 'archive'];

interface Props {
  readonly to: FileForm;
  readonly onChange: (to: FileForm) => void;
}

/** Under which form something is exported. */
export function FormChoice({ to, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <Choice
      label={t('share.export.to')}
      value={to}
      onChange={onChange}
      options={fileForms.map((value) => ({ value, label: t(`share.export.forms.${value}`) }))}
    />
  );
}
