import { useEffect, useId, useRef } from 'react';
import { FloatingPanel } from '../panels/FloatingPanel.tsx';
import { useEditorText } from '../texts.ts';
import { type SuggestionStore, useSuggestions } from './SuggestionStore.ts';

/** The menu of blocks or of notes beside the caret. The caret stays in the text; arrows, Enter and Tab work on the menu. */
export function SuggestionMenu({
  store,
  editorElement,
}: {
  store: SuggestionStore;
  editorElement: HTMLElement | null;
}) {
  const text = useEditorText();
  const open = useSuggestions(store);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const activeId = open && open.items.length > 0 ? `${id}-${open.active}` : null;

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [open?.active]);

  // Screen readers follow the active line though the focus stays in the text.
  useEffect(() => {
    if (!editorElement) return undefined;
    if (activeId === null) {
      editorElement.removeAttribute('aria-activedescendant');
      editorElement.removeAttribute('aria-controls');
    } else {
      editorElement.setAttribute('aria-activedescendant', activeId);
      editorElement.setAttribute('aria-controls', id);
    }
    return undefined;
  }, [editorElement, activeId, id]);

  if (!open) return null;
  const label = text(open.kind === 'slash' ? 'slash.label' : 'noteLink.label');
  return (
    <FloatingPanel
      anchor={open.rect}
      placement="below"
      label={label}
      className="suggestion-panel"
      onMouseDown={(event) => event.preventDefault()}
    >
      <div ref={list} id={id} role="listbox" aria-label={label} className="suggestion-list">
        {open.items.map((item, at) => (
          <div key={item.id} role="presentation">
            {item.group !== undefined && item.group !== open.items[at - 1]?.group ? (
              <div className="suggestion-group" role="presentation">
                {item.group}
              </div>
            ) : null}
            <div
              id={`${id}-${at}`}
              role="option"
              tabIndex={-1}
              aria-selected={at === open.active}
              className="suggestion-item"
              onMouseMove={() => {
                if (at !== open.active) store.activate(at);
              }}
              onMouseDown={(event) => {
                event.preventDefault();
                item.choose();
              }}
            >
              <span className="suggestion-label">{item.label}</span>
              {item.hint === undefined ? null : <kbd className="suggestion-hint">{item.hint}</kbd>}
            </div>
          </div>
        ))}
      </div>
      {open.message === null ? null : (
        <div className="suggestion-message" role="status">
          {open.message}
        </div>
      )}
    </FloatingPanel>
  );
}
