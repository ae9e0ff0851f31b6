import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { NoteId } from '#shared/domain/ids.ts';
import { useDocumentHome } from './useDocumentHome.ts';

/** Of a note that lives elsewhere: who gives the proof of its history, and the way there. */
export function ProofOfHome({ note }: { readonly note: NoteId }) {
  const { t } = useTranslation();
  const known = useDocumentHome(note);
  const name = known?.name ?? t('homes.unknown');
  const { home = null } = known ?? {};
  return (
    <>
      {t('homes.proof', { name })}
      {home !== null && (
        <>
          {' '}
          <Anchor inherit href={`${home.origin}/notes/${note}`} target="_blank" rel="noreferrer">
            {t('homes.openThere', { name })}
          </Anchor>
        </>
      )}
    </>
  );
}
