import type { Logger } from 'pino';
import type { Mailer } from './accounts/Mailer.ts';
import type { OpenIdProvider } from './accounts/OpenIdProvider.ts';
import type { PdfPrinter } from './export/PdfPrinter.ts';
import type { Timers } from './history/Timers.ts';
import type { Discovery } from './meeting/Discovery.ts';
import type { FollowedRelays } from './mirror/FollowedRelays.ts';

/** How a relay is run. */
export interface RelayOptions {
  /** `local`: the relay of one computer, whose person signs in by a launch secret. `community`: a service. */
  readonly mode: 'local' | 'community';
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Where people reach it, without a slash at its end; null: the address that it listens on. */
  readonly publicUrl: string | null;
  /** Version of the application, shown to people. */
  readonly version: string;
  /** Folder of the built interface (dist/renderer). */
  readonly interfaceFolder: string;
  /** Prints PDF; null or absent where nothing can. */
  readonly pdfPrinter?: PdfPrinter | null;
  /** Default: nothing is logged. Codes, ids and counts only, never content, titles or secrets. */
  readonly logger?: Logger;
  /** A port of this machine alone that serves `/metrics`, 0 for any free one; null or absent: none, and nothing is counted. */
  readonly metricsPort?: number | null;
  /** Takes letters to people who have an account. Default: they are let go, as where nobody has one. */
  readonly mailer?: Mailer;
  /** The OpenID provider by which people of an organisation sign in; null or absent: none. */
  readonly organisation?: OpenIdProvider | null;
  /** The addresses that a meeting is served on. Default: this computer's on local networks, as they are when it begins. */
  readonly meetingAddresses?: readonly string[] | null;
  /** How computers of a local network find each other. Default: multicast DNS. */
  readonly discovery?: Discovery;
  /** The way to the homes of copies. Default: what the person of the computer follows. Another answer is for tests. */
  readonly homes?: FollowedRelays;
  /** Ends this process, which then starts again: what takes up a backup that is put back. Absent: a person does that. */
  readonly restart?: () => void;
  /** Unix milliseconds. Default: that of `timers`. */
  readonly now?: () => number;
  /** What is done later, and when. Default: the real clock. */
  readonly timers?: Timers;
}
