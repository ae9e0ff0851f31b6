/** True when a key pressed there writes: shortcuts of one letter stay away. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.closest('input, textarea, select, [role="textbox"], [role="dialog"], [role="menu"]') !== null
  );
}
