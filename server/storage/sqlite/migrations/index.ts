import { lock } from './0053-lock.ts';
import { linksAndTerms } from './0054-links-and-terms.ts';
import { log } from './0001-log.ts';
import { catalogue } from './0002-catalogue.ts';
import { versions } from './0003-versions.ts';
import { chain } from './0004-chain.ts';
import { segments } from './0005-segments.ts';
import { goodState } from './0006-good-state.ts';
import { accounts } from './0007-accounts.ts';
import { communities } from './0008-communities.ts';
import { passkeys } from './0009-passkeys.ts';
import { licence } from './0010-licence.ts';
import { noteOrder } from './0011-note-order.ts';
import { threads } from './0012-threads.ts';
import { categoryLists } from './0013-category-lists.ts';
import { commenters } from './0022-commenters.ts';
import { notices } from './0026-notices.ts';
import { sheet } from './0030-sheet.ts';
import { feedSecrets } from './0031-feed-secrets.ts';
import { leaving } from './0040-leaving.ts';
import { profile } from './0041-profile.ts';
import { reports } from './0044-reports.ts';
import { publicCommunities } from './0045-public-communities.ts';
import { thinNotices } from './0046-thin-notices.ts';
import { linkSentences } from './0047-link-sentences.ts';
import { collections } from './0048-collections.ts';
import { titleOrder } from './0057-title-order.ts';
import { there } from './0058-there.ts';
import { sittings } from './0068-sittings.ts';
import { past } from './0080-past.ts';
import { settledSittings } from './0076-settled-sittings.ts';
import { noteRead } from './0067-note-read.ts';
import { register } from './0049-register.ts';
import { incidents } from './0050-incidents.ts';
import { storage } from './0051-storage.ts';
import { templates } from './0055-templates.ts';
import { carnetTemplate } from './0056-carnet-template.ts';
import { identity } from './0052-identity.ts';
import type { Migration } from './Migration.ts';
import { editions } from './0085-editions.ts';
import { mirror } from './0092-mirror.ts';
import { followedRelays } from './0095-followed-relays.ts';
import { homeAnswers } from './0096-home-answers.ts';
import { filesOfNotes } from './0087-files-of-notes.ts';
import { heldEntries } from './0086-held-entries.ts';
import { meetings } from './0098-meetings.ts';
import { wishedCarnets } from './0102-wished-carnets.ts';
import { versionsThere } from './0103-versions-there.ts';
import { statements } from './0106-statements.ts';
import { returningGuests } from './0107-returning-guests.ts';
import { writtenOffline } from './0108-written-offline.ts';
import { versionRemark } from './0075-version-remark.ts';

/** Every step, in order. Add a file `NNNN-name.ts` and one line here. */
export const migrations: readonly Migration[] = [
  log,
  catalogue,
  versions,
  chain,
  segments,
  goodState,
  accounts,
  communities,
  passkeys,
  licence,
  noteOrder,
  threads,
  categoryLists,
  commenters,
  notices,
  sheet,
  feedSecrets,
  leaving,
  profile,
  reports,
  publicCommunities,
  thinNotices,
  linkSentences,
  collections,
  titleOrder,
  there,
  lock,
  linksAndTerms,
  noteRead,
  register,
  incidents,
  storage,
  templates,
  carnetTemplate,
  identity,
  versionRemark,
  sittings,
  past,
  editions,
  settledSittings,
  heldEntries,
  filesOfNotes,
  mirror,
  followedRelays,
  homeAnswers,
  meetings,
  wishedCarnets,
  versionsThere,
  statements,
  returningGuests,
  writtenOffline,
];
