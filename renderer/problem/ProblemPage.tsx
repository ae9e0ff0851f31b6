import { Button } from '@mantine/core';
import { IconCopy, IconFolderOpen, IconTool } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DesktopBridge, DesktopProblem } from '#shared/desktop/DesktopBridge.ts';
import { StatePage } from '../ui/index.ts';
import { type KeptText, readKeptTexts } from './readKeptTexts.ts';
import styles from './ProblemPage.module.css';

const whole = ({ title, text }: KeptText): string => (title === '' ? text : `${title}\n\n${text}`);

/** Shown in place of the application while its relay cannot start: what happened, what is safe, what to do, and the text. */
export function ProblemPage({
  bridge,
  problem,
}: {
  readonly bridge: DesktopBridge;
  readonly problem: DesktopProblem;
}) {
  const { t } = useTranslation();
  const [texts, setTexts] = useState<readonly KeptText[]>([]);
  const [now, setNow] = useState(problem);
  const [said, setSaid] = useState('');
  const [isTrying, setTrying] = useState(false);
  useEffect(() => {
    let isShown = true;
    void readKeptTexts()
      .catch(() => [])
      .then((read) => isShown && setTexts(read));
    return () => void (isShown = false);
  }, []);
  const retry = async (): Promise<void> => {
    setTrying(true);
    setSaid('');
    const next = await bridge.retryStart();
    setTrying(false);
    // Once it started, this window shows the application in a moment.
    if (next === null) return;
    setNow(next);
    setSaid(t('app.problem.still'));
  };
  const copy = async (text: string): Promise<void> => {
    await navigator.clipboard.writeText(text);
    setSaid(t('app.problem.copied'));
  };
  return (
    <main className={styles.page}>
      <StatePage
        icon={<IconTool size={36} stroke={1.4} />}
        title={t(`app.problem.kinds.${now.kind}.title`)}
        acts={
          <>
            <Button loading={isTrying} onClick={() => void retry()}>
              {t('app.retry')}
            </Button>
            <Button
              variant="default"
              leftSection={<IconFolderOpen size={17} stroke={1.7} />}
              onClick={() => void bridge.showDataFolder()}
            >
              {t('app.problem.openFolder')}
            </Button>
          </>
        }
      >
        <p>{t(`app.problem.kinds.${now.kind}.text`)}</p>
        <p>{t('app.problem.safe')}</p>
        <dl className={styles.places}>
          <dt>{t('app.problem.folder')}</dt>
          <dd>{now.folder}</dd>
          <dt>{t('app.problem.log')}</dt>
          <dd>{now.log}</dd>
        </dl>
      </StatePage>
      <p className={styles.said} role="status">
        {said}
      </p>
      {texts.length > 0 && (
        <section className={styles.kept} aria-labelledby="kept">
          <div className={styles.head}>
            <h2 id="kept">{t('app.problem.kept')}</h2>
            <Button
              variant="default"
              leftSection={<IconCopy size={17} stroke={1.7} />}
              onClick={() => void copy(texts.map(whole).join('\n\n\n'))}
            >
              {t('app.problem.copyAll')}
            </Button>
          </div>
          <p className={styles.hint}>{t('app.problem.keptHint')}</p>
          <ul className={styles.list}>
            {texts.map((text) => (
              <li key={text.id}>
                <div className={styles.text}>
                  <strong>{text.title || t('app.untitled')}</strong>
                  <span>{text.text}</span>
                </div>
                <Button size="compact-md" variant="subtle" onClick={() => void copy(whole(text))}>
                  {t('app.problem.copy')}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </main>
  );
}
