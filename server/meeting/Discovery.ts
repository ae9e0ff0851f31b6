/** Where a computer that hosts a meeting is reached. */
export interface MeetingPlace {
  /** IPv4, as in `192.168.1.12`. */
  readonly address: string;
  readonly port: number;
}

/** How computers on one local network find each other without a server. */
export interface Discovery {
  /** Says that a meeting is here; nothing of what it is about, nor of who hosts it. @returns the way to stop, resolved when the network was told. */
  advertise(places: readonly MeetingPlace[]): { close(): Promise<void> };
  /** Calls back with each place that is found, until the signal. A place may be told more than once. */
  find(onFound: (place: MeetingPlace) => void, signal: AbortSignal): void;
}

/** Where nobody is looked for and nobody is told. */
export const noDiscovery: Discovery = {
  advertise: () => ({ close: () => Promise.resolve() }),
  find: () => undefined,
};
