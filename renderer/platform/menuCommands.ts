import { useEffect, useEffectEvent } from 'react';

/** Commands of the menus that the page shown carries out, and not the shell around it. */
export type PageCommand = 'find' | 'export_pdf' | 'who';

const commands = new EventTarget();

/** Asks the page shown to carry out a command; nothing happens where it has no such act. */
export function sendPageCommand(command: PageCommand): void {
  commands.dispatchEvent(new Event(command));
}

/** Carries out a command of the menus while this component is shown. */
export function usePageCommand(command: PageCommand, act: () => void): void {
  const carryOut = useEffectEvent(act);
  useEffect(() => {
    const onCommand = (): void => carryOut();
    commands.addEventListener(command, onCommand);
    return () => commands.removeEventListener(command, onCommand);
  }, [command]);
}
