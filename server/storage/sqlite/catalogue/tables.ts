import type { ColumnType } from 'kysely';
/** The catalogue's tables, as Kysely sees them. Ids are plain text here; each adapter gives them their brand back. */
export interface CatalogueTables {
  setting: { key: string; value: string };
  person: {
    id: string;
    kind: string;
    name: string;
    colour: string;
    role: string;
    created_at: number;
    stated_by: string | null;
  };
  statement: {
    number?: number;
    person: string;
    host: string;
    guest: string;
    claim_hash: string | null;
    stated_at: number;
  };
  identity: { guest: string; account: string; at: number };
  followed_relay: {
    id: string;
    origin: string;
    name: string;
    person_there: string;
    name_there: string;
    device: string;
    added_at: number;
  };
  home_answer: { relay: string; path: string; body: string; at: number };
  meeting: { id: string; host: string; may_write: number; started_at: number; ended_at: number | null };
  meeting_carnet: { meeting: string; carnet: string };
  meeting_guest: {
    number?: number;
    person: string;
    meeting: string;
    claim_hash: string;
    back_key: string | null;
    joined_at: number;
    removed_at: number | null;
  };
  profile: { person: string; organisation: string; organisation_note: string | null; presentation: string };
  mirror_document: {
    document: string;
    relay: string;
    kind: string;
    reason: string;
    role: string | null;
    home_epoch: string | null;
    last_contact: number | null;
    is_whole: number;
    problem: string | null;
    carnet: string | null;
    carnet_category: string | null;
    carnet_refused: number;
  };
  mirror_version: { document: string; version: string; there: string; name: string; remark: string | null };
  mirror_file: { document: string; attachment: string };
  attempt: { key: string; count: number; until: number };
  note: {
    id: string;
    kind: string;
    visibility: string;
    created_at: number;
    published_at: number | null;
    trashed_at: number | null;
    community: string | null;
    author_mode: string;
    licence: string;
    is_template: number;
    locked_at: number | null;
    locked_by: string | null;
    lock_day: string | null;
    lock_sentence: string | null;
  };
  note_person: { note: string; person: string; role: string; at: number };
  collection: {
    id: string;
    kind: string;
    visibility: string;
    contribution_policy: string;
    created_at: number;
    trashed_at: number | null;
    community: string | null;
    cover_image: string | null;
    cover_alternative: string;
    cover_colour: string | null;
    template: string | null;
  };
  collection_person: { collection: string; person: string; role: string; at: number };
  community: {
    id: string;
    name: string;
    description: string;
    image: string | null;
    is_public: number;
    created_at: number;
  };
  community_person: { community: string; person: string; role: string; at: number };
  access_request: { subject_id: string; person: string; text: string | null; at: number };
  thread: {
    number?: number;
    id: string;
    note: string;
    by_person: string | null;
    created_at: number;
    anchor_start: string | null;
    anchor_end: string | null;
    quote: string | null;
    resolved_at: number | null;
    resolved_by: string | null;
  };
  thread_message: {
    number?: number;
    id: string;
    thread: string;
    by_person: string | null;
    text: string;
    mentions: string;
    created_at: number;
    written_at: number | null;
    edited_at: number | null;
    deleted_at: number | null;
  };
  report: {
    number?: number;
    id: string;
    subject: string;
    subject_id: string;
    note: string | null;
    thread: string | null;
    by_person: string | null;
    reason: string;
    at: number;
    settled_by: string | null;
    settled_at: number | null;
    outcome: string | null;
    words: string | null;
  };
  hidden_message: { message: string; by_person: string | null; at: number };
  notice: {
    number?: number;
    id: string;
    person: string;
    kind: string;
    subject: string;
    subject_id: string;
    from_person: string | null;
    text: string | null;
    at: number;
    read_at: number | null;
    count: number;
    within: string | null;
    mailed_at: number | null;
  };
  notice_setting: {
    person: string;
    digest: string;
    hour: number;
    weekday: number;
    time_zone: string;
    language: string | null;
  };
  notice_choice: { person: string; topic: string; way: string };
  digest: { person: string; at: number };
  feed_secret: { person: string; hash: string; at: number };
  edition: {
    carnet: string;
    number: number;
    title: string;
    remark: string | null;
    by_person: string;
    at: number;
    seq: number;
    digest: string;
    options: string;
    facts: string;
    cover_image: string | null;
    withdrawn_by: string | null;
    withdrawn_at: number | null;
  };
  published_row: { carnet: string; note: string; seq: number; by_person: string; at: number };
  note_read: { person: string; note: string; epoch: string; seq: number; at: number };
  register: {
    number?: number;
    at: number;
    by_person: string | null;
    act: string;
    subject_id: string | null;
    person: string | null;
    value: string | null;
    session: string | null;
    device: string | null;
  };
  incident_entry: {
    place?: number;
    incident: string;
    number: number;
    at: number;
    by_person: string;
    reason: string | null;
    occurred_from: string;
    occurred_until: string | null;
    known_on: string;
    what: string;
    information: string;
    people_count: number | null;
    is_serious: number;
    why: string;
    measures: string;
    people_told_on: string | null;
    commission_told_on: string | null;
  };
  leaving: {
    person: string;
    asked_at: number;
    due_at: number;
    /** JSON. */
    choices: string;
  };
  invitation: {
    id: string;
    subject: string;
    subject_id: string | null;
    role: string;
    secret_hash: string;
    created_by: string | null;
    created_at: number;
    expires_at: number;
    revoked_at: number | null;
    uses: number;
  };
  attachment: {
    id: string;
    kind: string;
    name: string;
    type: string;
    bytes: number;
    width: number | null;
    height: number | null;
    digest: string;
    person: string | null;
    created_at: number;
  };
  attachment_note: { attachment: string; note: string };
  note_index: {
    number?: number;
    id: string;
    seq: number;
    title: string;
    folded_title: string;
    excerpt: string;
    text: string;
    word_count: number;
    language: string;
    modified_at: number;
    /** JSON, of what is filled in. */
    sheet: string;
    region: string | null;
    /** JSON. */
    bad_addresses: string;
  };
  term_form: { form: string; term: string };
  dismissed_term: { note: string; term: string; at: number };
  note_link: { source: string; target: string; around: string };
  note_term: { note: string; term: string };
  collection_index: {
    id: string;
    seq: number;
    title: string;
    description: string;
    language: string;
    modified_at: number;
    /** JSON; null for none. */
    guide: string | null;
    /** JSON. */
    categories: string;
  };
  collection_entry: {
    collection: string;
    member: string;
    order_key: string;
    category: string | null;
    /** JSON. */
    also: string;
    pinned: number;
    held: number | null;
    seen: number | null;
    integrated_by: string | null;
    integrated_at: number;
    /** 1 where the catalogue knows the member, out of the trash; triggers keep it. */
    is_there: ColumnType<number, never, never>;
  };
  /** FTS5; its rowid is the number of note_index. */
  note_search: { rowid: number; title: string; text: string; forms: string };
}
