import { IconFileCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Beside, type ImportPreview, maxImportTitles } from '#shared/api/imports.ts';
import styles from './ImportDialog.module.css';

/** Pages of another platform that were recognised, with what each says beside its text and what becomes of it; nothing where there is none. */
export function ImportBeside({ notes }: Pick<ImportPreview, 'notes'>) {
  const { t } = useTranslation();
  const pages = notes.flatMap(({ title, path, beside }) =>
    beside === null ? [] : [{ title, path, beside }],
  );
  if (pages.length === 0) return null;
  const [only, another] = pages;
  return (
    <section className={styles.report} aria-label={t('imports.praxis', { count: pages.length })}>
      <h3 className={styles.reportHead}>
        <IconFileCheck size={18} stroke={1.7} aria-hidden="true" />
        {t('imports.praxis', { count: pages.length })}
      </h3>
      <p className={styles.besideHint}>{t('imports.praxisHint')}</p>
      {only !== undefined && another === undefined ? (
        <Facts beside={only.beside} />
      ) : (
        pages.slice(0, maxImportTitles).map(({ title, path, beside }) => (
          <details key={path}>
            <summary>{title}</summary>
            <Facts beside={beside} />
          </details>
        ))
      )}
      {pages.length > maxImportTitles && (
        <p className={styles.hint}>{t('imports.more', { count: pages.length - maxImportTitles })}</p>
      )}
    </section>
  );
}

function Facts({ beside }: { readonly beside: Beside }) {
  const { t } = useTranslation();
  const { authors, terms, carnets, community, published, modified } = beside;
  return (
    <dl className={styles.beside}>
      <Fact name={t('imports.beside.authors')}>{authors}</Fact>
      <Fact name={t('imports.beside.terms')}>
        {terms.map(({ title, isKnown }) =>
          isKnown ? title : <Aside key={title} words={title} aside={t('imports.beside.newTerm')} />,
        )}
      </Fact>
      <Fact name={t('imports.beside.carnets')}>
        {carnets.map(({ title, integrated, isOwn }) => (
          <Aside key={title} words={title} aside={isOwn ? t('imports.beside.ownCarnet') : integrated} />
        ))}
      </Fact>
      <Fact name={t('imports.beside.community')}>{community === '' ? [] : [community]}</Fact>
      <Fact name={t('imports.beside.published')}>{published === '' ? [] : [published]}</Fact>
      <Fact name={t('imports.beside.modified')}>{modified === '' ? [] : [modified]}</Fact>
    </dl>
  );
}

/** Words, and what is to be known of them. */
function Aside({ words, aside }: { readonly words: string; readonly aside: string }) {
  return (
    <>
      {words} {aside !== '' && <span className={styles.hint}>({aside})</span>}
    </>
  );
}

/** One line of it; nothing where the page does not say it. */
function Fact({ name, children }: { readonly name: string; readonly children: readonly ReactNode[] }) {
  if (children.length === 0) return null;
  return (
    <div>
      <dt>{name}</dt>
      {/* The list is never put in another order. */}
      {children.map((child, at) => (
        <dd key={at}>{child}</dd>
      ))}
    </div>
  );
}
