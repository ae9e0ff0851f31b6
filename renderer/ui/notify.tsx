import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle } from '@tabler/icons-react';
import { getI18n } from 'react-i18next';

/** Drawn outside the components that know the language: asked for at each notice. */
const closeButton = (): { readonly 'aria-label': string } => ({ 'aria-label': getI18n().t('app.close') });

interface Way {
  readonly label: string;
  readonly act: () => void;
  /** Whether it is there until it is closed: of what nobody waits for. */
  readonly stays?: boolean;
}

const shortMs = 4_000;
/** Long enough to read the sentence and to reach the button by keyboard. */
const longMs = 10_000;

/** Says in one sentence that something happened, with a way back or onwards where there is one. */
export function notify(message: string, way?: Way): void {
  const id = notifications.show({
    withBorder: true,
    closeButtonProps: closeButton(),
    autoClose: way === undefined ? shortMs : way.stays === true ? false : longMs,
    message:
      way === undefined ? (
        message
      ) : (
        <>
          <span>{message}</span>{' '}
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() => {
              notifications.hide(id);
              way.act();
            }}
          >
            {way.label}
          </Button>
        </>
      ),
  });
}

/** Says that something failed; stays until it is closed. */
export function notifyProblem(message: string): void {
  notifications.show({
    withBorder: true,
    autoClose: false,
    icon: <IconAlertTriangle size={18} />,
    color: 'red',
    message,
    closeButtonProps: closeButton(),
    role: 'alert',
  });
}
