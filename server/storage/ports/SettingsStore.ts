/** Small facts about this relay itself: its id, whether its first content was written. */
export interface SettingsStore {
  get(key: string): Promise<string | null>;
  set(key: string, value: string): Promise<void>;
  /** Writes the value unless the key has one, in one step. @returns true when it was written. */
  setIfAbsent(key: string, value: string): Promise<boolean>;
}
