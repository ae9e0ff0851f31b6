import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { modKey } from './modKey.ts';
import styles from './ShortcutList.module.css';

interface Props {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Every shortcut, by place. */
export function ShortcutList({ opened, onClose }: Props) {
  const { t } = useTranslation();
  const groups = [
    {
      title: t('app.shortcuts.everywhere'),
      lines: [
        [`${modKey}+K`, t('app.shortcuts.palette')],
        [`${modKey}+\\`, t('app.shortcuts.sidebar')],
        [`${modKey}+.`, t('app.shortcuts.details')],
        ['F6', t('app.shortcuts.columns')],
        ['?', t('app.shortcuts.list')],
      ],
    },
    {
      title: t('app.shortcuts.inNote'),
      lines: [
        ['E', t('app.shortcuts.edit')],
        [t('app.shortcuts.escape'), t('app.shortcuts.read')],
        [`${modKey}+S`, t('app.shortcuts.version')],
        ['[[', t('app.shortcuts.link')],
        ['/', t('app.shortcuts.insert')],
        [`${modKey}+${t('app.shortcuts.shift')}+1…4`, t('app.shortcuts.headings')],
        [`C  ${modKey}+${t('app.shortcuts.shift')}+M`, t('app.shortcuts.comment')],
        [`W  ${modKey}+${t('app.shortcuts.shift')}+Y`, t('app.shortcuts.who')],
        [`${modKey}+F`, t('app.shortcuts.find')],
        ['Alt+F10', t('app.shortcuts.toolbar')],
      ],
    },
    { title: t('app.shortcuts.inCarnet'), lines: [['Alt+↑  Alt+↓', t('app.shortcuts.move')]] },
  ];
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('app.shortcuts.title')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
      size="lg"
    >
      <div className={styles.groups}>
        {groups.map((group) => (
          <section key={group.title}>
            <h3 className={styles.title}>{group.title}</h3>
            <dl>
              {group.lines.map(([keys, act]) => (
                <div key={act} className={styles.line}>
                  <dt>{act}</dt>
                  <dd>
                    <kbd>{keys}</kbd>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
