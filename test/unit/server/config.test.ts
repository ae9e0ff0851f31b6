import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultDataFolder, readConfig } from '#server/config.ts';

describe('readConfig', () => {
  test('has defaults that open nothing to the network', () => {
    expect(readConfig('local', { PORT: '', CALEPIN_DATA: '/data' })).toEqual({
      mode: 'local',
      host: '127.0.0.1',
      port: 4747,
      dataFolder: path.resolve('/data'),
      publicUrl: null,
      chromium: null,
      searchPath: '',
      administratorLink: false,
      metricsPort: null,
      meetingAddress: null,
      smtpUrl: null,
      mailFrom: null,
      organisation: null,
      logLevel: 'info',
    });
  });

  test('[R297] the address of meetings is one of this machine, and nothing that would be open to more', () => {
    expect(readConfig('local', { CALEPIN_MEETING_ADDRESS: '192.168.1.12' }).meetingAddress).toBe(
      '192.168.1.12',
    );
    for (const wrong of ['here.local', '192.168.1', '0.0.0.0', '::'])
      expect(() => readConfig('local', { CALEPIN_MEETING_ADDRESS: wrong })).toThrow(
        /^CALEPIN_MEETING_ADDRESS must be/,
      );
  });

  test('reads what is given, and cannot be changed afterwards', () => {
    const config = readConfig('community', {
      PORT: '0',
      CALEPIN_HOST: '0.0.0.0',
      CALEPIN_DATA: 'here',
      CALEPIN_PUBLIC_URL: 'https://notes.example.org/',
      CALEPIN_LOG_LEVEL: 'warn',
    });
    expect(config).toMatchObject({
      port: 0,
      host: '0.0.0.0',
      dataFolder: path.resolve('here'),
      publicUrl: 'https://notes.example.org',
      logLevel: 'warn',
    });
    expect(Object.isFrozen(config)).toBe(true);
  });

  test.each([
    ['PORT', '99999'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['CALEPIN_HOST', 'a b'],
    ['CALEPIN_PUBLIC_URL', 'notes.example.org'],
    ['CALEPIN_PUBLIC_URL', 'https://notes.example.org/path'],
    ['CALEPIN_PUBLIC_URL', 'ftp://notes.example.org'],
    ['CALEPIN_LOG_LEVEL', 'loud'],
    ['CALEPIN_ADMIN_LINK', 'yes'],
    ['CALEPIN_MAIL_FROM', 'Calepin'],
  ])('%s=%s stops the start with one sentence that names it', (name, value) => {
    expect(() => readConfig('local', { [name]: value })).toThrow(
      expect.objectContaining({
        code: 'config_invalid',
        message: expect.stringMatching(new RegExp(`^${name} must .*"\\.$`)),
      }),
    );
  });
});

describe('the mail server', () => {
  test('needs a sender, and a sender a server', () => {
    const server = { CALEPIN_SMTP_URL: 'smtps://ada:secret@mail.example.org' };
    const sender = { CALEPIN_MAIL_FROM: 'calepin@example.org' };
    expect(readConfig('community', { ...server, ...sender })).toMatchObject({
      smtpUrl: 'smtps://ada:secret@mail.example.org',
      mailFrom: 'calepin@example.org',
    });
    expect(() => readConfig('community', server)).toThrow(/^CALEPIN_MAIL_FROM must be set too/);
    expect(() => readConfig('community', sender)).toThrow(/^CALEPIN_SMTP_URL must be set too/);
  });

  test.each(['mail.example.org', 'http://ada:secret@mail.example.org', 'smtp://'])(
    'that is %s stops the start, and its password is not printed',
    (value) => {
      expect(() => readConfig('community', { CALEPIN_SMTP_URL: value })).toThrow(
        expect.objectContaining({
          code: 'config_invalid',
          message: 'CALEPIN_SMTP_URL must be an address such as smtps://user:password@mail.example.org.',
        }),
      );
    },
  );
});

describe('the organisation’s provider', () => {
  const whole = {
    CALEPIN_PUBLIC_URL: 'https://notes.example.org',
    CALEPIN_OIDC_ISSUER: 'https://login.example.org/realm',
    CALEPIN_OIDC_CLIENT_ID: 'calepin',
    CALEPIN_OIDC_CLIENT_SECRET: 'hidden',
  };
  test('is all there or not at all', () => {
    expect(readConfig('community', whole).organisation).toEqual({
      issuer: 'https://login.example.org/realm',
      clientId: 'calepin',
      clientSecret: 'hidden',
      name: 'login.example.org',
    });
    for (const name of Object.keys(whole)) {
      expect(() => readConfig('community', { ...whole, [name]: '' })).toThrow(
        expect.objectContaining({
          code: 'config_invalid',
          message: `${name} must be set too: an OpenID provider needs it.`,
        }),
      );
    }
  });
  test.each(['http://login.example.org', 'login.example.org', 'https://login.example.org?a=b'])(
    'at %s is refused',
    (issuer) => {
      expect(() => readConfig('community', { ...whole, CALEPIN_OIDC_ISSUER: issuer })).toThrow(
        /^CALEPIN_OIDC_ISSUER must be/,
      );
    },
  );
});

describe('defaultDataFolder', () => {
  test.each([
    ['linux', {}, '/home/a', '/home/a/.local/share/calepin'],
    ['linux', { XDG_DATA_HOME: '/xdg' }, '/home/a', '/xdg/calepin'],
    ['linux', { XDG_DATA_HOME: 'relative' }, '/home/a', '/home/a/.local/share/calepin'],
    ['darwin', {}, '/Users/a', '/Users/a/Library/Application Support/Calepin'],
    [
      'win32',
      { APPDATA: String.raw`C:\Users\a\AppData\Roaming` },
      String.raw`C:\Users\a`,
      String.raw`C:\Users\a\AppData\Roaming\Calepin`,
    ],
  ] as const)('on %s with %o', (platform, environment, home, folder) => {
    expect(defaultDataFolder(environment, platform, home)).toBe(folder);
  });
});
