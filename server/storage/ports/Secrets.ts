/** Small secrets by name, kept apart from the database and from its backups. */
export interface Secrets {
  /** Null: there is none. @param name - letters, digits, `-` and `_`. */
  get(name: string): Promise<string | null>;
  /** Replaces the one before; resolved, it is on the disk. */
  set(name: string, value: string): Promise<void>;
  delete(name: string): Promise<void>;
}
