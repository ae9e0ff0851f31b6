import { ActionIcon, Button, TextInput, Tooltip } from '@mantine/core';
import { IconExternalLink, IconLinkOff, IconPencil } from '@tabler/icons-react';
import { type Editor, getMarkRange } from '@tiptap/core';
import { useState } from 'react';
import { safeHref } from '#shared/document/safeHref.ts';
import { useEditorServices } from '../EditorServices.ts';
import { useEditorText } from '../texts.ts';
import { rangeRect, selectionRect } from './anchors.ts';
import { FloatingPanel } from './FloatingPanel.tsx';
import { linkAddressFrom } from './linkAddress.ts';

export interface LinkPanelProps {
  readonly editor: Editor;
  /** Address of the link at the caret; null when a link is being made. */
  readonly href: string | null;
  readonly isEditing: boolean;
  readonly onEdit: () => void;
  readonly onDone: () => void;
}

function linkRect(editor: Editor): DOMRect | null {
  const type = editor.schema.marks['link'];
  const range = type && getMarkRange(editor.state.selection.$from, type);
  return range ? rangeRect(editor, range.from, range.to) : selectionRect(editor);
}

/** The address of the link at the caret, with what can be done about it; or the field that sets it. */
export function LinkPanel({ editor, href, isEditing, onEdit, onDone }: LinkPanelProps) {
  const text = useEditorText();
  const services = useEditorServices();
  const address = safeHref(href);
  return (
    <FloatingPanel
      anchor={() => linkRect(editor)}
      placement="below"
      label={text('link.label')}
      role="dialog"
      className="link-panel"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onDone();
        editor.commands.focus();
      }}
    >
      {isEditing ? (
        <LinkForm editor={editor} initial={href ?? ''} onDone={onDone} />
      ) : (
        <>
          <span className="link-panel-address" title={href ?? ''}>
            {href}
          </span>
          <Tooltip label={text('link.open')}>
            <ActionIcon
              variant="subtle"
              aria-label={text('link.open')}
              disabled={address === null}
              onClick={() => {
                if (address !== null) services.openAddress(address);
              }}
            >
              <IconExternalLink size={18} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={text('link.edit')}>
            <ActionIcon variant="subtle" color="gray" aria-label={text('link.edit')} onClick={onEdit}>
              <IconPencil size={18} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={text('link.remove')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={text('link.remove')}
              onClick={() => editor.chain().focus().extendMarkRange('link').unsetLink().run()}
            >
              <IconLinkOff size={18} />
            </ActionIcon>
          </Tooltip>
        </>
      )}
    </FloatingPanel>
  );
}

function LinkForm({ editor, initial, onDone }: { editor: Editor; initial: string; onDone: () => void }) {
  const text = useEditorText();
  const [typed, setTyped] = useState(initial);
  const [isRefused, setRefused] = useState(false);
  const apply = () => {
    const href = linkAddressFrom(typed);
    if (href === null) {
      setRefused(true);
      return;
    }
    const chain = editor.chain().focus().extendMarkRange('link');
    if (editor.state.selection.empty && !editor.isActive('link')) {
      chain
        .insertContent({ type: 'text', text: typed.trim(), marks: [{ type: 'link', attrs: { href } }] })
        .run();
    } else chain.setLink({ href }).run();
    onDone();
  };
  return (
    <form
      className="link-form"
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <TextInput
        autoFocus
        size="sm"
        className="link-form-field"
        aria-label={text('link.address')}
        placeholder={text('link.addressPlaceholder')}
        value={typed}
        error={isRefused ? text('link.invalid') : undefined}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setRefused(false);
        }}
      />
      <Button type="submit" size="sm">
        {text('link.apply')}
      </Button>
    </form>
  );
}
