/**
 * The same keys in another language. French has one more plural form (`_many`, from a million on), which others may leave out.
 */
export type Translation<French> = {
  readonly [Key in keyof French as Key extends `${string}_many` ? never : Key]: French[Key] extends string
    ? string
    : Translation<French[Key]>;
};
