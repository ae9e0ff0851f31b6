import { Button, Modal } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  readonly label: string;
  readonly title: string;
  /** What is in it; made anew each time that it opens. */
  readonly content: (close: () => void) => ReactNode;
}

/** A button, and the dialogue that it opens. */
export function ButtonDialog({ label, title, content }: Props) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const close = (): void => setOpened(false);
  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>
        {label}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={title}
        closeButtonProps={{ 'aria-label': t('app.close') }}
      >
        {content(close)}
      </Modal>
    </>
  );
}
