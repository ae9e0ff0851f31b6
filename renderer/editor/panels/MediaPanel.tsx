import { ActionIcon, Button, SegmentedControl, Textarea, Tooltip } from '@mantine/core';
import { IconDownload, IconTextCaption, IconTrash } from '@tabler/icons-react';
import type { Editor } from '@tiptap/core';
import { TextSelection } from '@tiptap/pm/state';
import { useState } from 'react';
import { useEditorServices } from '../EditorServices.ts';
import { useEditorText } from '../texts.ts';
import { selectionRect } from './anchors.ts';
import { FloatingPanel } from './FloatingPanel.tsx';

export interface MediaPanelProps {
  readonly editor: Editor;
  readonly at: number;
  readonly kind: 'image' | 'file' | 'audio' | 'video';
}

const widths = ['25', '50', '75', '100', 'natural'] as const;

function setAttribute(editor: Editor, at: number, name: string, value: unknown): void {
  const node = editor.state.doc.nodeAt(at);
  if (node && name in node.attrs) editor.view.dispatch(editor.state.tr.setNodeAttribute(at, name, value));
}

/** Puts the caret in the caption, which is made when there is none. */
function writeCaption(editor: Editor, at: number): void {
  editor
    .chain()
    .command(({ tr, state, dispatch }) => {
      const node = state.doc.nodeAt(at);
      const caption = state.schema.nodes['figureCaption'];
      if (!node || !caption) return false;
      if (dispatch) {
        if (node.childCount === 0) tr.insert(at + 1, caption.create());
        tr.setSelection(TextSelection.near(tr.doc.resolve(at + 2)));
      }
      return true;
    })
    .focus()
    .run();
}

/** What can be said of the selected picture, document, sound or film. */
export function MediaPanel({ editor, at, kind }: MediaPanelProps) {
  const text = useEditorText();
  const services = useEditorServices();
  const attrs = editor.state.doc.nodeAt(at)?.attrs ?? {};
  const width = attrs['width'] == null ? 'natural' : String(attrs['width']);
  const attachmentId: unknown = attrs['attachmentId'];
  return (
    <FloatingPanel
      anchor={() => selectionRect(editor)}
      placement="below"
      label={text(kind === 'image' ? 'image.label' : `media.${kind}`)}
      role="dialog"
      className="media-panel"
    >
      {kind === 'image' ? (
        <AltField key={at} editor={editor} at={at} alt={attrs['alt'] as string | null} />
      ) : null}
      {kind === 'image' || kind === 'video' ? (
        <div className="panel-row">
          <SegmentedControl
            size="xs"
            aria-label={text('image.width')}
            value={widths.some((one) => one === width) ? width : ''}
            data={widths.map((value) => ({
              value,
              label: value === 'natural' ? text('image.natural') : `${value} %`,
            }))}
            onChange={(value) =>
              setAttribute(editor, at, 'width', value === 'natural' ? null : Number(value))
            }
          />
          <SegmentedControl
            size="xs"
            aria-label={text('image.align')}
            value={(attrs['align'] as string | null) ?? 'center'}
            data={(['left', 'center', 'right'] as const).map((value) => ({
              value,
              label: text(`image.${value}`),
            }))}
            onChange={(value) => setAttribute(editor, at, 'align', value)}
          />
        </div>
      ) : null}
      <div className="panel-row">
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          leftSection={<IconTextCaption size={16} />}
          onClick={() => writeCaption(editor, at)}
        >
          {text('image.caption')}
        </Button>
        {typeof attachmentId === 'string' && kind !== 'image' ? (
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            component="a"
            href={services.attachmentUrl(attachmentId)}
            download={(attrs['name'] as string) || true}
            leftSection={<IconDownload size={16} />}
          >
            {text('media.download')}
          </Button>
        ) : null}
        <span className="panel-space" />
        <Tooltip label={text('image.remove')}>
          <ActionIcon
            variant="subtle"
            color="red"
            aria-label={text('image.remove')}
            onClick={() => editor.chain().focus().setNodeSelection(at).deleteSelection().run()}
          >
            <IconTrash size={18} />
          </ActionIcon>
        </Tooltip>
      </div>
    </FloatingPanel>
  );
}

function AltField({ editor, at, alt }: { editor: Editor; at: number; alt: string | null }) {
  const text = useEditorText();
  const [typed, setTyped] = useState(alt ?? '');
  return (
    <Textarea
      autosize
      minRows={1}
      maxRows={4}
      size="sm"
      label={text('image.alt')}
      description={text('image.altHint')}
      maxLength={2000}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={() => {
        if (typed !== (alt ?? '')) setAttribute(editor, at, 'alt', typed);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.shiftKey) return;
        event.preventDefault();
        editor.commands.focus();
      }}
    />
  );
}
