interface Asked {
  readonly error: unknown;
  readonly data: unknown;
  readonly refetch: () => unknown;
}

/** What a picker says of a list that could not be had; null while it is there, or comes. @param failure - the sentence of an error. */
export function pickerProblem(
  { error, data, refetch }: Asked,
  failure: (error: unknown) => string,
): { text: string; retry: () => void } | null {
  if (error === null || data !== undefined) return null;
  return { text: failure(error), retry: () => void refetch() };
}
