import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { AppError } from '#shared/api/errorCodes.ts';
import type { OpenIdProvider } from './accounts/OpenIdProvider.ts';

/** Every level a log may have, from all to nothing. */
export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** What the environment says, checked once; nothing else reads it. */
export interface Config {
  readonly mode: 'local' | 'community';
  /** 127.0.0.1 unless CALEPIN_HOST names another address: behind a proxy, which a community needs for https, nothing else must be open. */
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** The folder that holds everything; made at the first start. */
  readonly dataFolder: string;
  /** Where people reach this relay, without a slash at its end; null: `http://<host>:<port>`. */
  readonly publicUrl: string | null;
  /** A Chromium to print PDF with; null: looked for in the usual places. */
  readonly chromium: string | null;
  /** Folders where commands are looked for, as in PATH. */
  readonly searchPath: string;
  /** Prints an administrator's link although one was made before: the way back in when the first was lost. */
  readonly administratorLink: boolean;
  /** The port of 127.0.0.1 that serves `/metrics`; null: none. */
  readonly metricsPort: number | null;
  /** The one address that a meeting on the local network is served on; null: this computer's on local networks. */
  readonly meetingAddress: string | null;
  /** The mail server that letters go by; null: links are printed for whoever runs the relay. */
  readonly smtpUrl: string | null;
  /** The address that letters come from; null without a mail server. */
  readonly mailFrom: string | null;
  /** The organisation's OpenID provider; null: none. */
  readonly organisation: OpenIdProvider | null;
  readonly logLevel: (typeof logLevels)[number];
}

/**
 * The folder where applications of this platform keep what belongs to one person.
 * @param environment - for XDG_DATA_HOME and APPDATA.
 */
export function defaultDataFolder(
  environment: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
  home: string = os.homedir(),
): string {
  if (platform === 'win32') {
    return path.win32.join(environment['APPDATA'] ?? path.win32.join(home, 'AppData', 'Roaming'), 'Calepin');
  }
  if (platform === 'darwin') return path.posix.join(home, 'Library', 'Application Support', 'Calepin');
  const xdg = environment['XDG_DATA_HOME'];
  // The XDG specification asks that a relative path be ignored.
  const base =
    xdg !== undefined && path.posix.isAbsolute(xdg) ? xdg : path.posix.join(home, '.local', 'share');
  return path.posix.join(base, 'calepin');
}

/** An origin and nothing more: `https://notes.example.org`, a slash at its end or not. */
function isPublicUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
}

/** An issuer as its discovery names it: https, or http on this machine. */
function isIssuer(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || url.search !== '' || url.hash !== '') return false;
  return (
    url.protocol === 'https:' || (url.protocol === 'http:' && /^(localhost|127\.|\[::1\])/.test(url.hostname))
  );
}

/** `smtp://` or `smtps://`, with a host. */
function isSmtpUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && /^smtps?:$/.test(url.protocol) && url.hostname !== '';
}

const portSchema = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .refine((port) => port <= 65_535);

const variables = {
  PORT: [portSchema, 'PORT must be a number from 0 (any free port) to 65535'],
  CALEPIN_METRICS_PORT: [portSchema, 'CALEPIN_METRICS_PORT must be a number from 0 (any free port) to 65535'],
  CALEPIN_MEETING_ADDRESS: [
    z.ipv4().refine((address) => address !== '0.0.0.0'),
    'CALEPIN_MEETING_ADDRESS must be an IPv4 address of this machine, such as 192.168.1.12',
  ],
  CALEPIN_HOST: [
    z.string().regex(/^[A-Za-z0-9.:-]{1,255}$/),
    'CALEPIN_HOST must be an address of this machine, such as 127.0.0.1 or 0.0.0.0',
  ],
  CALEPIN_DATA: [z.string().min(1), 'CALEPIN_DATA must be a folder'],
  CALEPIN_PUBLIC_URL: [
    z.string().refine(isPublicUrl),
    'CALEPIN_PUBLIC_URL must be an address such as https://notes.example.org, without a path',
  ],
  CALEPIN_CHROMIUM: [z.string().min(1), 'CALEPIN_CHROMIUM must be the path of a Chromium executable'],
  CALEPIN_ADMIN_LINK: [z.enum(['0', '1']), 'CALEPIN_ADMIN_LINK must be 1 or 0'],
  CALEPIN_SMTP_URL: [
    z.string().refine(isSmtpUrl),
    'CALEPIN_SMTP_URL must be an address such as smtps://user:password@mail.example.org',
  ],
  CALEPIN_MAIL_FROM: [z.email(), 'CALEPIN_MAIL_FROM must be an e-mail address such as calepin@example.org'],
  CALEPIN_OIDC_ISSUER: [
    z.string().refine(isIssuer),
    'CALEPIN_OIDC_ISSUER must be the address of an OpenID provider such as https://login.example.org',
  ],
  CALEPIN_OIDC_CLIENT_ID: [z.string().max(500), 'CALEPIN_OIDC_CLIENT_ID must be shorter'],
  CALEPIN_OIDC_CLIENT_SECRET: [z.string().max(2_000), 'CALEPIN_OIDC_CLIENT_SECRET must be shorter'],
  CALEPIN_OIDC_NAME: [
    z.string().trim().min(1).max(60),
    'CALEPIN_OIDC_NAME must be a name of 1 to 60 characters',
  ],
  CALEPIN_LOG_LEVEL: [z.enum(logLevels), `CALEPIN_LOG_LEVEL must be one of ${logLevels.join(', ')}`],
} as const satisfies Record<string, readonly [z.ZodType, string]>;

type Read = { [Name in keyof typeof variables]?: z.output<(typeof variables)[Name][0]> };

/** The OpenID provider is all there, or not at all. */
function readOrganisation(values: Read): OpenIdProvider | null {
  const wanted = ['CALEPIN_OIDC_ISSUER', 'CALEPIN_OIDC_CLIENT_ID', 'CALEPIN_OIDC_CLIENT_SECRET'] as const;
  const [issuer, clientId, clientSecret] = wanted.map((name) => values[name]);
  if (issuer === undefined && clientId === undefined && clientSecret === undefined) return null;
  const missing = [...wanted, 'CALEPIN_PUBLIC_URL' as const].find((name) => values[name] === undefined);
  if (missing !== undefined || issuer === undefined || clientId === undefined || clientSecret === undefined) {
    throw new AppError('config_invalid', `${missing} must be set too: an OpenID provider needs it.`);
  }
  return { issuer, clientId, clientSecret, name: values.CALEPIN_OIDC_NAME ?? new URL(issuer).hostname };
}

/**
 * Reads and checks the environment.
 * @param mode - of one computer, or of a community.
 * @throws AppError `config_invalid`, its message one sentence that names the variable.
 */
export function readConfig(mode: Config['mode'], environment: NodeJS.ProcessEnv = process.env): Config {
  const read: Record<string, unknown> = {};
  for (const [name, [schema, sentence]] of Object.entries(variables)) {
    const value = environment[name];
    // An empty variable is what a shell leaves of one that was meant to be unset.
    if (value === undefined || value === '') continue;
    const parsed = schema.safeParse(value);
    if (!parsed.success) {
      // An address may hold a password.
      const said =
        name === 'CALEPIN_SMTP_URL' || name === 'CALEPIN_OIDC_CLIENT_SECRET' ? '.' : `; it is "${value}".`;
      throw new AppError('config_invalid', `${sentence}${said}`);
    }
    read[name] = parsed.data;
  }
  const values = read as Read;
  const smtpUrl = values.CALEPIN_SMTP_URL ?? null;
  const mailFrom = values.CALEPIN_MAIL_FROM ?? null;
  if ((smtpUrl === null) !== (mailFrom === null)) {
    const missing = smtpUrl === null ? 'CALEPIN_SMTP_URL' : 'CALEPIN_MAIL_FROM';
    throw new AppError(
      'config_invalid',
      `${missing} must be set too: letters need a mail server and a sender.`,
    );
  }
  return Object.freeze({
    mode,
    host: values.CALEPIN_HOST ?? '127.0.0.1',
    port: values.PORT ?? 4747,
    dataFolder: path.resolve(values.CALEPIN_DATA ?? defaultDataFolder(environment)),
    publicUrl: values.CALEPIN_PUBLIC_URL === undefined ? null : new URL(values.CALEPIN_PUBLIC_URL).origin,
    chromium: values.CALEPIN_CHROMIUM ?? null,
    searchPath: environment['PATH'] ?? '',
    administratorLink: values.CALEPIN_ADMIN_LINK === '1',
    metricsPort: values.CALEPIN_METRICS_PORT ?? null,
    meetingAddress: values.CALEPIN_MEETING_ADDRESS ?? null,
    smtpUrl,
    mailFrom,
    organisation: readOrganisation(values),
    logLevel: values.CALEPIN_LOG_LEVEL ?? 'info',
  });
}
