import { useEffect, useEffectEvent } from 'react';

/** Commands of the menus that the page shown carries out, and not the shell around it. */
export type PageCommand = 'find' | 'export_pdf' | 'who';

const commands = new EventTarget();

/** Asks the page shown to carry out a command. @returns false where it has no such act. */
export function sendPageCommand(command: PageCommand): boolean {
  return !commands.dispatchEvent(new Event(command, { cancelable: true }));
}

/** Carries out a command of the menus while this component is shown. */
export function usePageCommand(command: PageCommand, act: () => void): void {
  const carryOut = useEffectEvent(act);
  useEffect(() => {
    const onCommand = (event: Event): void => {
      event.preventDefault();
      carryOut();
    };
    commands.addEventListener(command, onCommand);
    return () => commands.removeEventListener(command, onCommand);
  }, [command]);
}
