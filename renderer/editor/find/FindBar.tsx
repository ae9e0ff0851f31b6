import { ActionIcon, Button, TextInput, Tooltip } from '@mantine/core';
import {
  IconChevronDown,
  IconChevronUp,
  IconLetterCase,
  IconReplace,
  IconX,
  IconAbc,
} from '@tabler/icons-react';
import type { Editor } from '@tiptap/core';
import { useEditorState } from '@tiptap/react';
import { useEffect, useId, useRef, useState } from 'react';
import { useEditorServices } from '../EditorServices.ts';
import { useEditorText } from '../texts.ts';
import { findStateOf } from './FindInNote.ts';

export interface FindBarProps {
  readonly editor: Editor;
  readonly withReplacement: boolean;
  readonly onClose: () => void;
}

/** Find and replace, above the text. */
export function FindBar({ editor, withReplacement, onClose }: FindBarProps) {
  const text = useEditorText();
  const services = useEditorServices();
  const [query, setQuery] = useState(() => {
    const { from, to } = editor.state.selection;
    const selected = editor.state.doc.textBetween(from, to, ' ');
    return selected.length <= 100 ? selected : '';
  });
  const [replacement, setReplacement] = useState('');
  const [matchCase, setMatchCase] = useState(false);
  const [ignoreAccents, setIgnoreAccents] = useState(true);
  const [replaces, setReplaces] = useState(withReplacement);
  const countId = useId();
  const field = useRef<HTMLInputElement>(null);
  const count = useEditorState({
    editor,
    selector: ({ editor: now }) => {
      const { found, current } = findStateOf(now.state);
      return { total: found.length, current: current + 1 };
    },
  });

  useEffect(() => setReplaces(withReplacement), [withReplacement]);
  useEffect(() => {
    editor.commands.setFind(query, { matchCase, ignoreAccents });
  }, [editor, query, matchCase, ignoreAccents]);
  useEffect(
    () => () => {
      if (!editor.isDestroyed) editor.commands.setFind('', { matchCase: false, ignoreAccents: true });
    },
    [editor],
  );

  const close = () => {
    onClose();
    editor.commands.focus();
  };
  const replaceOne = () => {
    if (count.total <= 1) field.current?.focus();
    editor.commands.replaceFound(replacement);
  };
  const replaceAll = () => {
    const { total } = count;
    // The button has nothing left to do and is disabled: a disabled button would keep the keys.
    field.current?.focus();
    if (editor.commands.replaceAllFound(replacement))
      services.notify(text('find.replaced', { count: total }), 'info');
  };
  return (
    <div
      className="find-bar"
      role="search"
      aria-label={text('find.label')}
      data-editor-part=""
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        close();
      }}
    >
      <div className="find-row">
        <TextInput
          ref={field}
          autoFocus
          size="sm"
          className="find-field"
          aria-label={text('find.query')}
          placeholder={text('find.query')}
          aria-describedby={countId}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            editor.commands.goToFound(event.shiftKey ? -1 : 1);
          }}
        />
        <span className="find-count" id={countId} role="status">
          {query === '' ? '' : count.total === 0 ? text('find.none') : text('find.count', count)}
        </span>
        <Toggle
          label={text('find.matchCase')}
          isOn={matchCase}
          onChange={setMatchCase}
          icon={<IconLetterCase size={18} />}
        />
        <Toggle
          label={text('find.ignoreAccents')}
          isOn={ignoreAccents}
          onChange={setIgnoreAccents}
          icon={<IconAbc size={18} />}
        />
        <Act
          label={text('find.previous')}
          isOff={count.total === 0}
          onClick={() => editor.commands.goToFound(-1)}
          icon={<IconChevronUp size={18} />}
        />
        <Act
          label={text('find.next')}
          isOff={count.total === 0}
          onClick={() => editor.commands.goToFound(1)}
          icon={<IconChevronDown size={18} />}
        />
        <Toggle
          label={text('find.showReplace')}
          isOn={replaces}
          onChange={setReplaces}
          icon={<IconReplace size={18} />}
        />
        <Act label={text('find.close')} onClick={close} icon={<IconX size={18} />} />
      </div>
      {replaces ? (
        <div className="find-row">
          <TextInput
            size="sm"
            className="find-field"
            aria-label={text('find.replacement')}
            placeholder={text('find.replacement')}
            value={replacement}
            onChange={(event) => setReplacement(event.currentTarget.value)}
          />
          <Button size="xs" variant="default" disabled={count.total === 0} onClick={replaceOne}>
            {text('find.replace')}
          </Button>
          <Button size="xs" variant="default" disabled={count.total === 0} onClick={replaceAll}>
            {text('find.replaceAll')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

interface ToggleProps {
  readonly label: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly icon: React.ReactNode;
}

function Toggle({ label, isOn, onChange, icon }: ToggleProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant={isOn ? 'light' : 'subtle'}
        color={isOn ? undefined : 'gray'}
        size={30}
        aria-label={label}
        aria-pressed={isOn}
        onClick={() => onChange(!isOn)}
      >
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}

function Act({
  label,
  onClick,
  icon,
  isOff = false,
}: {
  label: string;
  onClick: () => void;
  icon: React.ReactNode;
  isOff?: boolean;
}) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={30}
        aria-label={label}
        disabled={isOff}
        onClick={onClick}
      >
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}
