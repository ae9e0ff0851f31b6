import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconBook2, IconFileText } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CollectionRef } from '#shared/domain/Collection.ts';
import { foldText } from '#shared/domain/foldText.ts';
import type { MemberId } from '#shared/domain/ids.ts';
import { queries, useFailure } from '../../api/index.ts';
import { notify, PickerDialog, pickerProblem } from '../../ui/index.ts';
import { useCollectionActs } from './useCollectionActs.ts';

interface Props {
  readonly into: CollectionRef;
  readonly holding: ReadonlySet<MemberId>;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** As many notes as are offered before a word is written. */
const offered = 30;
/** As many as are integrated by one act. */
const maxChosen = 100;

const icon = { size: 17, stroke: 1.6, 'aria-hidden': true } as const;

/** The notes that a word finds, the last ones before; of carnets, those whose title has it. */
function useFound({ kind }: CollectionRef, opened: boolean, text: string) {
  const { t } = useTranslation();
  const [searched] = useDebouncedValue(text, 140);
  const isNotes = kind === 'carnet';
  const found = useQuery({ ...queries.search(isNotes ? searched : ''), placeholderData: (before) => before });
  const recent = useQuery({ ...queries.notePage({ sort: 'modified' }, 0), enabled: opened && isNotes });
  const carnets = useQuery({ ...queries.collectionList('carnet'), enabled: opened && !isNotes });
  if (!isNotes) {
    const wanted = foldText(text);
    const items = carnets.data
      ?.filter(({ title }) => foldText(title).includes(wanted))
      .map(({ id, title, description, memberCount }) => ({
        id: id as MemberId,
        title,
        snippet: description || t('carnets.memberCount', { count: memberCount }),
      }));
    return { asked: carnets, items };
  }
  const items =
    searched === ''
      ? recent.data?.notes.slice(0, offered).map(({ excerpt, ...note }) => ({ ...note, snippet: excerpt }))
      : found.data?.notes;
  return { asked: searched === '' ? recent : found, items };
}

/** Finds notes, or carnets, that the person can read, and places those that are chosen by one act. */
export function MemberPickerDialog({ into, holding, opened, onClose }: Props) {
  const { t } = useTranslation();
  const failure = useFailure();
  const { kind } = into;
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<MemberId>>(new Set());
  const { asked, items } = useFound(into, opened, text.trim());
  const { integrate } = useCollectionActs(into);
  const close = (): void => {
    setChosen(new Set());
    onClose();
  };
  const toggle = (id: MemberId): void => {
    const next = new Set(chosen);
    if (!next.delete(id) && next.size < maxChosen) next.add(id);
    setChosen(next);
  };
  const submit = (): void =>
    integrate.mutate([...chosen], {
      onSuccess: () => {
        notify(t(`${kind}s.picker.added`, { count: chosen.size }));
        close();
      },
    });
  return (
    <PickerDialog
      opened={opened}
      onClose={close}
      size="lg"
      title={t(`${kind}s.picker.title`)}
      words={{
        search: t(`${kind}s.picker.search`),
        add: t(`${kind}s.picker.add`),
        there: t(`${kind}s.picker.there`),
        none: t(`${kind}s.picker.none`),
      }}
      icon={kind === 'carnet' ? <IconFileText {...icon} /> : <IconBook2 {...icon} />}
      text={text}
      onText={setText}
      items={
        items?.map(({ id, title, snippet }) => ({
          key: id,
          name: title || t('app.untitled'),
          snippet,
          isThere: holding.has(id),
        })) ?? null
      }
      problem={pickerProblem(asked, failure)}
      isBusy={integrate.isPending}
      onPick={({ key }) => toggle(key)}
      chosen={{ keys: chosen, word: t(`${kind}s.picker.chosen`) }}
      foot={
        <>
          <Button variant="default" onClick={close}>
            {t('app.cancel')}
          </Button>
          <Button disabled={chosen.size === 0} loading={integrate.isPending} onClick={submit}>
            {t(`${kind}s.picker.integrate`, { count: chosen.size })}
          </Button>
        </>
      }
    />
  );
}
