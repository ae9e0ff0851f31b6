import { IconNotebook } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../api/index.ts';
import { StatePage } from '../../ui/index.ts';
import { AccountCard, SignInForm } from '../account/index.ts';

/** Nobody is signed in: what to do to come in. */
export function SignedOutPage({ launchFailed = false }: { readonly launchFailed?: boolean }) {
  const { t } = useTranslation();
  const { relay } = useSession();
  if (relay.kind === 'community') {
    return (
      <AccountCard title={t('account.signIn.welcome')} text={t('account.signIn.noAccount')}>
        <SignInForm />
      </AccountCard>
    );
  }
  return (
    <main>
      <StatePage icon={<IconNotebook size={40} stroke={1.4} />} title={t('app.signedOut.title')}>
        {launchFailed && <p role="alert">{t('app.signedOut.invalidLaunch')}</p>}
        <p>{t('app.signedOut.text')}</p>
        <p>{t('app.signedOut.local')}</p>
      </StatePage>
    </main>
  );
}
