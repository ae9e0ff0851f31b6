import { Button, Modal, TextInput } from '@mantine/core';
import { IconFile, IconSearch, IconTemplate } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { builtInTemplateKeys, type TemplateKey } from '#shared/document/templates/BuiltInTemplate.ts';
import { builtInTemplate, isBuiltInTemplate } from '#shared/document/templates/builtInTemplates.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { foldText } from '#shared/domain/foldText.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { queries, useFailure } from '../../api/index.ts';
import { EditorServicesProvider, NoteReader } from '../../editor/reading.ts';
import { useLanguage } from '../../i18n/index.ts';
import { Bar, ScrollRegion } from '../../ui/index.ts';
import { useNoteServices } from './useNoteServices.ts';
import styles from './TemplatePicker.module.css';

interface Props {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** Above the list. */
  readonly hint?: string;
  /** What is done with the one that is chosen. */
  readonly act: string;
  readonly isBusy: boolean;
  /** A first line for no template, called so. */
  readonly blank?: string;
  /** The one that is chosen at first; null for none. */
  readonly chosen?: TemplateKey | null;
  readonly onPick: (template: TemplateKey | null) => void;
}

/** Chooses a template, of those that every Calepin has and of the notes that are one and that the person may read. */
export function TemplatePicker({ title, ...more }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={more.opened}
      onClose={more.onClose}
      size="xl"
      title={title}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {more.opened && <Templates {...more} />}
    </Modal>
  );
}

interface Line {
  /** Null: no template. */
  readonly key: TemplateKey | null;
  readonly title: string;
  readonly about: string;
}

function Templates({ onClose, hint, act, isBusy, blank, chosen: first, onPick }: Omit<Props, 'title'>) {
  const { t } = useTranslation();
  const language = useLanguage();
  const failure = useFailure();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<TemplateKey | null | undefined>(first);
  const list = useQuery(queries.templates());
  const wanted = foldText(text.trim());
  const all: Line[] = [
    ...(blank === undefined ? [] : [{ key: null, title: blank, about: '' }]),
    ...(list.data?.notes ?? []).map(({ id, title, authors }) => ({
      key: id,
      title: title || t('app.untitled'),
      about: authors.map(({ name }) => name).join(', '),
    })),
    ...builtInTemplateKeys.map((key) => ({
      key,
      title: builtInTemplate(key, language).title,
      about: t('notes.templates.builtIn'),
    })),
  ];
  const found = all.filter(({ title, about }) => foldText(`${title} ${about}`).includes(wanted));
  const shown = found.find(({ key }) => key === chosen) ?? found[0];
  return (
    <>
      {hint !== undefined && <p className={styles.hint}>{hint}</p>}
      <TextInput
        data-autofocus
        leftSection={<IconSearch size={16} stroke={1.7} />}
        aria-label={t('notes.templates.search')}
        placeholder={t('notes.templates.search')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing && shown !== undefined)
            onPick(shown.key);
        }}
      />
      <div className={styles.columns}>
        <ul role="list" className={styles.list} aria-label={t('notes.templates.list')}>
          {found.map(({ key, title, about }) => (
            <li key={key}>
              <button
                type="button"
                className={styles.line}
                aria-current={key === shown?.key ? 'true' : undefined}
                onClick={() => setChosen(key)}
                onFocus={() => setChosen(key)}
                onDoubleClick={() => onPick(key)}
              >
                {key === null ? (
                  <IconFile size={17} stroke={1.6} aria-hidden="true" />
                ) : (
                  <IconTemplate size={17} stroke={1.6} aria-hidden="true" />
                )}
                <span>
                  {title}
                  {about !== '' && <span className={styles.about}>{about}</span>}
                </span>
              </button>
            </li>
          ))}
          {list.isError && <li className={styles.none}>{failure(list.error)}</li>}
          {found.length === 0 && <li className={styles.none}>{t('notes.templates.none')}</li>}
        </ul>
        <ScrollRegion className={styles.preview} label={t('notes.templates.preview')}>
          {shown !== undefined && shown.key !== null && (
            <Preview key={shown.key} template={shown.key} title={shown.title} />
          )}
          {shown?.key === null && <p className={styles.none}>{t('notes.templates.blankPreview')}</p>}
        </ScrollRegion>
      </div>
      <div className={styles.acts}>
        <Button variant="default" onClick={onClose}>
          {t('app.cancel')}
        </Button>
        <Button
          disabled={shown === undefined}
          loading={isBusy}
          onClick={() => shown !== undefined && onPick(shown.key)}
        >
          {act}
        </Button>
      </div>
    </>
  );
}

function Preview({ template, title }: { readonly template: TemplateKey; readonly title: string }) {
  const language = useLanguage();
  if (!isBuiltInTemplate(template)) return <NotePreview id={template} title={title} />;
  return (
    <Text
      id={template as string as NoteId}
      title={title}
      body={builtInTemplate(template, language).body}
      language={language}
    />
  );
}

function NotePreview({ id, title }: { readonly id: NoteId; readonly title: string }) {
  const { data } = useQuery(queries.noteContent(id));
  if (data === undefined) return <Bar width="60%" height={20} />;
  return <Text id={id} title={title} body={data.body as BodyNode} language={data.language} />;
}

function Text(props: {
  readonly id: NoteId;
  readonly title: string;
  readonly body: BodyNode;
  readonly language: string;
}) {
  const services = useNoteServices(props.id);
  return (
    <EditorServicesProvider value={services}>
      <p className={styles.title} lang={props.language}>
        {props.title}
      </p>
      <NoteReader body={props.body} language={props.language} idPrefix="template-" />
    </EditorServicesProvider>
  );
}
