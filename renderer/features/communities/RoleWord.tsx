import { useTranslation } from 'react-i18next';
import type { CommunityRole } from '#shared/permissions/permissions.ts';

/** What the person is in a community, in words; nothing for who is not in it. */
export function RoleWord({ role }: { readonly role: CommunityRole }) {
  const { t } = useTranslation();
  return role === 'member' || role === 'responsable' ? <span>{t(`communities.role.${role}`)}</span> : null;
}
