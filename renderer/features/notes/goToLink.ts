import type { BrokenLink } from '#shared/api/links.ts';

const shownMs = 1_600;

/** Brings the first such link of the text into view and shows it for a moment, while it is read or written. */
export function goToLink(link: BrokenLink): void {
  const places = [...document.querySelectorAll<HTMLElement>('.note-text [data-note], .note-text a[href]')];
  const place = places.find((one) =>
    link.kind === 'note' ? one.dataset['note'] === link.noteId : one.getAttribute('href') === link.href,
  );
  if (place === undefined) return;
  place.scrollIntoView({ block: 'center' });
  // The text is the editor's: nothing is written in its elements.
  const edge = (colour: string): Keyframe => ({ outline: `3px solid ${colour}`, outlineOffset: '2px' });
  place.animate([edge('var(--focus)'), edge('transparent')], { duration: shownMs, easing: 'ease-in' });
  // By the keyboard, going on from there: the text itself takes the focus where the link cannot.
  const isEdited = place.closest<HTMLElement>('[contenteditable="true"]');
  if (isEdited !== null) {
    const range = document.createRange();
    range.selectNode(place);
    isEdited.focus({ preventScroll: true });
    const selection = globalThis.getSelection();
    selection?.removeAllRanges();
    selection?.addRange(range);
    return;
  }
  const hadNoStop = place.getAttribute('tabindex') === null && place.tabIndex < 0;
  if (hadNoStop) place.tabIndex = -1;
  place.focus({ preventScroll: true });
}
