import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Logger, pino } from 'pino';
import { type Mailer, printingMailer } from './accounts/Mailer.ts';
import { smtpMailer } from './accounts/smtpMailer.ts';
import { type Config, readConfig } from './config.ts';
import { type Relay, createRelay } from './createRelay.ts';
import { findPdfPrinter } from './findPdfPrinter.ts';
import { carryOutRestore } from './backup/wantedRestore.ts';
import { lockDataFolder } from './lockDataFolder.ts';
import { sqliteAdapters } from './relayAdapters.ts';

const projectFolder = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

function readVersion(): string {
  const manifest = JSON.parse(readFileSync(path.join(projectFolder, 'package.json'), 'utf8')) as {
    version: string;
  };
  return manifest.version;
}

/** JSON lines: a community's to standard output, for its service manager; one computer's to a file, so that standard output says one thing. */
function createLogger(config: Config): Logger {
  const destination =
    config.mode === 'community'
      ? pino.destination({ fd: 1, sync: true })
      : pino.destination({
          dest: path.join(config.dataFolder, 'logs', 'relay.log'),
          mkdir: true,
          sync: true,
        });
  return pino({ level: config.logLevel, timestamp: pino.stdTimeFunctions.isoTime }, destination);
}

/** What is printed is not in the log: it holds secrets. */
function createMailer({ smtpUrl, mailFrom }: Config): Mailer {
  if (smtpUrl !== null && mailFrom !== null) return smtpMailer(smtpUrl, mailFrom);
  return printingMailer((line) => process.stdout.write(`${line}\n`));
}

export interface RunningServer {
  /** Where people reach the relay. */
  readonly url: string;
  /** What a person opens: in `local` mode it signs the local person in, by a secret in its fragment. */
  readonly readyUrl: string;
  /** Stops cleanly; resolves when everything is stored. Safe to call twice. */
  close(): Promise<void>;
}

/**
 * Starts a relay as the environment says (config.ts), over one data folder.
 * @param options.mode - `local` for the person of this computer; `community` prints, at its first start, the link that makes an administrator.
 * @throws AppError whose message is a sentence for people (`config_invalid`, `conflict`, `storage_failed`); the system's error for a port that is taken.
 */
export async function runServer(options: { mode: Config['mode'] }): Promise<RunningServer> {
  const config = readConfig(options.mode);
  // What a person asked to be put back is there before anything is opened.
  if (config.mode === 'local') await carryOutRestore(config.dataFolder);
  const lock = lockDataFolder(config.dataFolder);
  let relay: Relay | null = null;
  try {
    const logger = createLogger(config);
    relay = await createRelay(
      {
        mode: config.mode,
        host: config.host,
        port: config.port,
        publicUrl: config.publicUrl,
        version: readVersion(),
        interfaceFolder: path.join(projectFolder, 'dist', 'renderer'),
        pdfPrinter: findPdfPrinter(config.chromium, config.searchPath),
        logger,
        metricsPort: config.metricsPort,
        meetingAddresses: config.meetingAddress === null ? null : [config.meetingAddress],
        mailer: createMailer(config),
        organisation: config.organisation,
      },
      await sqliteAdapters(config.dataFolder),
    );
    const { url, port } = await relay.listen();
    logger.info({ mode: config.mode, port, url, metricsPort: relay.metricsPort }, 'listening');
    if (config.mode === 'community') {
      const link = await relay.createAdministratorLink(config.administratorLink);
      if (link !== null)
        process.stdout.write(`Open this link once to become the administrator of this Calepin: ${link}\n`);
    }
    const running = relay;
    return {
      url,
      readyUrl: config.mode === 'local' ? `${url}/#launch=${running.renewLaunchSecret()}` : url,
      async close() {
        await running.close();
        logger.info('stopped');
        lock.close();
      },
    };
  } catch (error) {
    await relay?.close().catch(() => undefined);
    lock.close();
    throw error;
  }
}
