import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface Props {
  /** What the form does: a verb. */
  readonly act: string;
  readonly onClose: () => void;
  /** It is being done. */
  readonly isBusy?: boolean;
  /** Nothing can be done yet. */
  readonly disabled?: boolean;
}

/** At the foot of a dialogue's form: to leave it, and to send it. */
export function DialogActs({ act, onClose, isBusy = false, disabled = false }: Props) {
  const { t } = useTranslation();
  return (
    <Group justify="flex-end" mt="lg" gap="xs">
      <Button variant="default" onClick={onClose}>
        {t('app.cancel')}
      </Button>
      <Button type="submit" loading={isBusy} disabled={disabled}>
        {act}
      </Button>
    </Group>
  );
}
