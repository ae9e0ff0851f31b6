import type { PersonId } from '#shared/domain/ids.ts';
import type { NoticeTopic, NoticeWay } from '#shared/domain/Notice.ts';
import {
  type DigestRhythm,
  defaultNoticeSettings,
  type NoticeSettings,
} from '#shared/domain/NoticeSettings.ts';
import type { Language } from '#shared/domain/Person.ts';
import type { NoticeSettingsStore } from '../../ports/NoticeStore.ts';
import type { CatalogueDatabase } from './CatalogueDatabase.ts';

/** What people chose about notices, over SQLite. */
export class SqliteNoticeSettingsStore implements NoticeSettingsStore {
  readonly #db: CatalogueDatabase;

  constructor(db: CatalogueDatabase) {
    this.#db = db;
  }

  async get(person: PersonId): Promise<NoticeSettings> {
    const { kysely } = this.#db;
    const [row, choices] = await Promise.all([
      kysely.selectFrom('notice_setting').selectAll().where('person', '=', person).executeTakeFirst(),
      kysely.selectFrom('notice_choice').selectAll().where('person', '=', person).execute(),
    ]);
    if (row === undefined) return defaultNoticeSettings;
    const chosen = choices.map(({ topic, way }) => [topic as NoticeTopic, way as NoticeWay] as const);
    return {
      ways: { ...defaultNoticeSettings.ways, ...Object.fromEntries(chosen) },
      digest: row.digest as DigestRhythm,
      hour: row.hour,
      weekday: row.weekday,
      timeZone: row.time_zone,
      language: row.language as Language | null,
    };
  }

  async save(person: PersonId, settings: NoticeSettings): Promise<void> {
    const { kysely } = this.#db;
    const { ways, digest, hour, weekday, timeZone, language } = settings;
    const fields = { digest, hour, weekday, time_zone: timeZone, language };
    await this.#db.atomic([
      kysely
        .insertInto('notice_setting')
        .values({ person, ...fields })
        .onConflict((conflict) => conflict.column('person').doUpdateSet(fields)),
      ...Object.entries(ways).map(([topic, way]) =>
        kysely
          .insertInto('notice_choice')
          .values({ person, topic, way })
          .onConflict((conflict) => conflict.columns(['person', 'topic']).doUpdateSet({ way })),
      ),
    ]);
  }

  async takeDigest(person: PersonId, moment: number): Promise<boolean> {
    const taken = await this.#db.kysely
      .insertInto('digest')
      .values({ person, at: moment })
      .onConflict((conflict) =>
        conflict.column('person').doUpdateSet({ at: moment }).where('digest.at', '<', moment),
      )
      .returning('person')
      .execute();
    return taken.length === 1;
  }

  async giveDigestBack(person: PersonId, moment: number): Promise<void> {
    await this.#db.kysely
      .deleteFrom('digest')
      .where('person', '=', person)
      .where('at', '=', moment)
      .execute();
  }
}
