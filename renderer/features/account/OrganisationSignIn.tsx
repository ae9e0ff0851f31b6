import { Button } from '@mantine/core';
import { IconBuildingCommunity } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, useFailure, useSession } from '../../api/index.ts';
import styles from './AccountForm.module.css';

/** Signing in at the organisation's provider, where the relay has one: the page goes there and comes back. @param join - a guest stays the same person. */
export function OrganisationSignIn({ join }: { readonly join: boolean }) {
  const { t } = useTranslation();
  const failure = useFailure();
  const { organisation } = useSession().relay;
  const begin = useMutation({
    mutationFn: () => api.beginAtOrganisation(join),
    onSuccess: ({ url }) => location.assign(url),
  });
  if (organisation === null) return null;
  return (
    <>
      {begin.isError && (
        <p className={styles.error} role="alert">
          {failure(begin.error)}
        </p>
      )}
      <Button
        variant="default"
        size="md"
        // A name may take two lines on a telephone.
        h="auto"
        mih={42}
        py={8}
        styles={{ label: { whiteSpace: 'normal' } }}
        leftSection={<IconBuildingCommunity size={19} stroke={1.6} />}
        loading={begin.isPending || begin.isSuccess}
        onClick={() => begin.mutate()}
      >
        {t('account.organisation.signIn', { name: organisation })}
      </Button>
    </>
  );
}
