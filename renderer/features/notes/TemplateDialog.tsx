import { Button, Modal, TextInput } from '@mantine/core';
import { IconSearch, IconTemplate } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type BuiltInTemplateKey, builtInTemplateKeys } from '#shared/document/templates/BuiltInTemplate.ts';
import { builtInTemplate, isBuiltInTemplate } from '#shared/document/templates/builtInTemplates.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { foldText } from '#shared/domain/foldText.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { queries, useFailure } from '../../api/index.ts';
import { EditorServicesProvider, NoteReader } from '../../editor/reading.ts';
import { useLanguage } from '../../i18n/index.ts';
import { Bar, ScrollRegion } from '../../ui/index.ts';
import { useCreateNote } from './useCreateNote.ts';
import { useNoteServices } from './useNoteServices.ts';
import styles from './TemplateDialog.module.css';

interface Props {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Makes a note from a template: those that every Calepin has, and the notes that were made templates and that the person may read. */
export function TemplateDialog({ opened, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="xl"
      title={t('notes.templates.title')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {opened && <Templates onClose={onClose} />}
    </Modal>
  );
}

type Key = BuiltInTemplateKey | NoteId;

function Templates({ onClose }: Pick<Props, 'onClose'>) {
  const { t } = useTranslation();
  const language = useLanguage();
  const failure = useFailure();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<Key>(builtInTemplateKeys[0]);
  const list = useQuery(queries.templates());
  const create = useCreateNote();
  const wanted = foldText(text.trim());
  const all: { key: Key; title: string; about: string }[] = [
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
  const make = (key: Key): void => create.mutate({ template: key }, { onSuccess: onClose });
  return (
    <>
      <TextInput
        data-autofocus
        leftSection={<IconSearch size={16} stroke={1.7} />}
        aria-label={t('notes.templates.search')}
        placeholder={t('notes.templates.search')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && shown !== undefined) make(shown.key);
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
                onDoubleClick={() => make(key)}
              >
                <IconTemplate size={17} stroke={1.6} aria-hidden="true" />
                <span>
                  {title}
                  <span className={styles.about}>{about}</span>
                </span>
              </button>
            </li>
          ))}
          {list.isError && <li className={styles.none}>{failure(list.error)}</li>}
          {found.length === 0 && <li className={styles.none}>{t('notes.templates.none')}</li>}
        </ul>
        <ScrollRegion className={styles.preview} label={t('notes.templates.preview')}>
          {shown !== undefined && <Preview key={shown.key} template={shown.key} title={shown.title} />}
        </ScrollRegion>
      </div>
      <div className={styles.acts}>
        <Button variant="default" onClick={onClose}>
          {t('app.cancel')}
        </Button>
        <Button
          disabled={shown === undefined}
          loading={create.isPending}
          onClick={() => shown !== undefined && make(shown.key)}
        >
          {t('notes.templates.create')}
        </Button>
      </div>
    </>
  );
}

function Preview({ template, title }: { readonly template: Key; readonly title: string }) {
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
