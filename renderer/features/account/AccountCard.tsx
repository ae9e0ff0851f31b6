import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './AccountCard.module.css';

interface Props {
  readonly title: string;
  /** What this page is for, in a sentence. */
  readonly text?: ReactNode;
  readonly children?: ReactNode;
}

/** A page of its own with one thing to do, for people who are not signed in yet. */
export function AccountCard({ title, text, children }: Props) {
  const { t } = useTranslation();
  return (
    <main className={styles.page} id="page">
      <div className={styles.card}>
        <p className={styles.brand}>{t('app.name')}</p>
        <div>
          <h1 className={styles.title}>{title}</h1>
          {text !== undefined && <p className={styles.text}>{text}</p>}
        </div>
        {children}
      </div>
    </main>
  );
}
