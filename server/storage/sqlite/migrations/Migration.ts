/** One step of the database's shape. It never changes once it was released: what follows is a new step. */
export interface Migration {
  /** Number and name, as in the file: `0001-log`. Steps run in the order of the list. */
  readonly name: string;
  readonly statements: readonly string[];
}
