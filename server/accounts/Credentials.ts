import { AppError } from '#shared/api/errorCodes.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { Language } from '#shared/domain/Person.ts';
import { hashSecret, newSecret } from '../secrets.ts';
import type { Auth } from './createAuth.ts';
import type { MailLetter } from './letters.ts';
import { organisationId } from './OpenIdProvider.ts';

/** By what somebody with an account signs in. */
export interface AccountFacts {
  readonly email: string;
  readonly verified: boolean;
  readonly hasPassword: boolean;
  /** By the organisation's provider. */
  readonly isOfOrganisation: boolean;
  readonly passkeys: readonly { readonly name: string; readonly createdAt: number }[];
}

interface CredentialsOptions {
  context(): Auth['$context'];
  /** Where people reach the relay. */
  publicUrl(): string;
  send(to: string, letter: MailLetter, language: Language): Promise<void>;
}

/** What better-auth calls signing in by a password. */
const passwordWay = 'credential';

/** So long serve a link that an administrator gives to somebody, and one that confirms a new address. */
const linkMs = 24 * 60 * 60_000;

/** Under what a new address waits for its letter. */
const addressMark = (secret: string): string => `new-address ${hashSecret(secret)}`;

function emailTaken(): AppError {
  return new AppError('email_taken', 'this address has an account');
}

/** By what people who have an account sign in, and how that is changed. */
export class Credentials {
  readonly #options: CredentialsOptions;

  constructor(options: CredentialsOptions) {
    this.#options = options;
  }

  /** By what a person signs in; null for who has no account. */
  async of(person: PersonId): Promise<AccountFacts | null> {
    const { internalAdapter, adapter } = await this.#options.context();
    const user = await internalAdapter.findUserById(person);
    if (!user?.email) return null;
    const [ways, passkeys] = await Promise.all([
      internalAdapter.findAccounts(person),
      adapter.findMany<{ name?: string | null; createdAt?: Date | null }>({
        model: 'passkey',
        where: [{ field: 'userId', value: person }],
      }),
    ]);
    return {
      email: user.email,
      verified: user.emailVerified,
      hasPassword: ways.some((way) => way.providerId === passwordWay),
      isOfOrganisation: ways.some((way) => way.providerId === organisationId),
      passkeys: passkeys.map(({ name, createdAt }) => ({
        name: name ?? '',
        createdAt: new Date(createdAt ?? 0).getTime(),
      })),
    };
  }

  /** Checks the password of who has one. @throws AppError `sign_in_failed`. */
  async check(person: PersonId, password: string): Promise<void> {
    const { internalAdapter, password: hashing } = await this.#options.context();
    const ways = await internalAdapter.findAccounts(person);
    const hash = ways.find((way) => way.providerId === passwordWay)?.password;
    if (hash == null || !(await hashing.verify({ hash, password })))
      throw new AppError('sign_in_failed', 'not the password');
  }

  /** Gives who has an account another password, or their first. */
  async set(person: PersonId, word: string): Promise<void> {
    const { internalAdapter, password } = await this.#options.context();
    const hash = await password.hash(word);
    const ways = await internalAdapter.findAccounts(person);
    if (ways.some((way) => way.providerId === passwordWay))
      await internalAdapter.updatePassword(person, hash);
    else
      await internalAdapter.linkAccount({
        userId: person,
        providerId: passwordWay,
        accountId: person,
        password: hash,
      });
  }

  /** A secret by which `recover` sets a password: for who is not reached by letters. @returns it, and until when it serves. */
  async newRecovery(person: PersonId): Promise<{ secret: string; expiresAt: number }> {
    const secret = newSecret();
    const expiresAt = new Date(Date.now() + linkMs);
    // As better-auth keeps that of its own letters.
    await (
      await this.#options.context()
    ).internalAdapter.createVerificationValue({
      identifier: `reset-password:${secret}`,
      value: person,
      expiresAt,
    });
    return { secret, expiresAt: expiresAt.getTime() };
  }

  /** Forgets how somebody signs in: sessions, address, passwords, passkeys, letters that were sent. */
  async forget(person: PersonId): Promise<void> {
    const { internalAdapter, adapter } = await this.#options.context();
    const theirs = { field: 'userId', value: person };
    await adapter.deleteMany({ model: 'passkey', where: [theirs] });
    // A new address that waits for its letter stands after the id.
    await adapter.deleteMany({
      model: 'verification',
      where: [{ field: 'value', value: person, operator: 'starts_with' }],
    });
    if ((await internalAdapter.findUserById(person)) !== null) await internalAdapter.deleteUser(person);
  }

  /**
   * Sends the letter that confirms another address for somebody's account; until it is confirmed, nothing changes.
   * @throws AppError `email_taken`.
   */
  async requestNewAddress(person: PersonId, address: string, language: Language): Promise<void> {
    const email = address.toLowerCase();
    if (await this.#isTaken(email)) throw emailTaken();
    const secret = newSecret();
    await (
      await this.#options.context()
    ).internalAdapter.createVerificationValue({
      identifier: addressMark(secret),
      value: `${person} ${email}`,
      expiresAt: new Date(Date.now() + linkMs),
    });
    const letter = { kind: 'newAddress', url: `${this.#options.publicUrl()}/verify#${secret}` } as const;
    await this.#options.send(email, letter, language);
  }

  /** Makes the new address, by its letter's secret, that of the account; the old one is told. @returns false when this is no such secret of theirs. @throws AppError `email_taken`. */
  async takeNewAddress(person: PersonId, secret: string, language: Language): Promise<boolean> {
    const { internalAdapter } = await this.#options.context();
    const noted = await internalAdapter.findVerificationValue(addressMark(secret));
    const [who, email = ''] = noted?.value.split(' ') ?? [];
    if (noted === null || who !== person || noted.expiresAt.getTime() <= Date.now()) return false;
    await internalAdapter.deleteVerificationByIdentifier(addressMark(secret));
    if (await this.#isTaken(email)) throw emailTaken();
    const old = (await internalAdapter.findUserById(person))?.email;
    await internalAdapter.updateUser(person, { email, emailVerified: true });
    const letter = { kind: 'addressChanged', url: this.#options.publicUrl() } as const;
    if (old) await this.#options.send(old, letter, language);
    return true;
  }

  async #isTaken(email: string): Promise<boolean> {
    const { internalAdapter } = await this.#options.context();
    return (await internalAdapter.findUserByEmail(email)) !== null;
  }
}
