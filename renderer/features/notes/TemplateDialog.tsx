import { useTranslation } from 'react-i18next';
import { TemplatePicker } from './TemplatePicker.tsx';
import { type NewNotePlace, useCreateNote } from './useCreateNote.ts';

interface Props {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** Where the note is made; nowhere by default. */
  readonly place?: Pick<NewNotePlace, 'carnetId' | 'categoryId'>;
}

/** Makes a note from a template: those that every Calepin has, and the notes that were made templates and that the person may read. */
export function TemplateDialog({ opened, onClose, place = {} }: Props) {
  const { t } = useTranslation();
  const create = useCreateNote();
  return (
    <TemplatePicker
      opened={opened}
      onClose={onClose}
      title={t('notes.templates.title')}
      act={t('notes.templates.create')}
      isBusy={create.isPending}
      onPick={(template) =>
        template !== null && create.mutate({ ...place, template }, { onSuccess: onClose })
      }
    />
  );
}
