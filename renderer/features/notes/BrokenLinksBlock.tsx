import { Button } from '@mantine/core';
import { IconLinkOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import * as Y from 'yjs';
import type { BrokenLink } from '#shared/api/links.ts';
import type { NotePage } from '#shared/api/notes.ts';
import { bodyOf } from '#shared/document/fields.ts';
import { removeLinks, replaceLinks } from '#shared/document/repairLinks.ts';
import type { DocumentSession } from '../../collaboration/index.ts';
import { DetailsBlock, notify, Snippet } from '../../ui/index.ts';
import { goToLink } from './goToLink.ts';
import { ReplaceLinkDialog } from './ReplaceLinkDialog.tsx';
import styles from './NoteDetails.module.css';

interface Props {
  readonly page: NotePage;
  readonly session: DocumentSession;
  readonly canEdit: boolean;
}

const keyOf = (link: BrokenLink): string => (link.kind === 'note' ? link.noteId : link.href);

/** Where the note leads nowhere, for those who write in it: each link can be gone to, replaced and taken out. Nothing where all is well. */
export function BrokenLinksBlock({ page, session, canEdit }: Props) {
  const { t } = useTranslation();
  const [replaced, setReplaced] = useState<BrokenLink | null>(null);
  /** Repaired here; the relay reads the text again in a moment. */
  const [repaired, setRepaired] = useState<ReadonlySet<string>>(new Set());
  const { doc } = session;
  const change = (link: BrokenLink, act: () => number, sentence: string): void => {
    const origin = {};
    const undo = new Y.UndoManager(bodyOf(doc), { trackedOrigins: new Set([origin]) });
    const count = doc.transact(act, origin);
    if (count === 0) {
      undo.destroy();
      notify(t('notes.links.changedMeanwhile'));
      return;
    }
    setRepaired((before) => new Set([...before, keyOf(link)]));
    notify(sentence, {
      label: t('app.undo'),
      act: () => {
        undo.undo();
        undo.destroy();
        setRepaired((before) => new Set([...before].filter((one) => one !== keyOf(link))));
      },
    });
  };
  const links = page.brokenLinks.filter((link) => !repaired.has(keyOf(link)));
  if (!canEdit || (links.length === 0 && replaced === null)) return null;
  return (
    <DetailsBlock title={t('notes.links.title')} icon={<IconLinkOff size={16} stroke={1.7} />}>
      <ul role="list" className={styles.broken}>
        {links.map((link) => (
          <li key={keyOf(link)}>
            {link.kind === 'note' ? (
              <>
                <p className={styles.around}>
                  <Snippet
                    text={link.around.replace('\u0001\u0002', `\u0001${t('notes.links.noWords')}\u0002`)}
                  />
                </p>
                <p className={styles.hint}>{t(`notes.links.${link.state}`)}</p>
              </>
            ) : (
              <>
                <p className={styles.badAddress}>{link.href === '#' ? t('notes.links.empty') : link.href}</p>
                <p className={styles.hint}>{t('notes.links.malformed')}</p>
              </>
            )}
            <div className={styles.linkActs}>
              <Button size="compact-sm" variant="subtle" onClick={() => goToLink(link)}>
                {t('notes.links.goTo')}
              </Button>
              <Button size="compact-sm" variant="subtle" onClick={() => setReplaced(link)}>
                {t('notes.links.replace')}
              </Button>
              <Button
                size="compact-sm"
                variant="subtle"
                onClick={() => change(link, () => removeLinks(doc, link), t('notes.links.removed'))}
              >
                {t('notes.links.remove')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      <ReplaceLinkDialog
        link={replaced}
        onClose={() => setReplaced(null)}
        onReplace={(link, next) => {
          setReplaced(null);
          change(link, () => replaceLinks(doc, link, next), t('notes.links.replaced'));
        }}
      />
    </DetailsBlock>
  );
}
