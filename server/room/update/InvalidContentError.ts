/** An update that is well formed and holds what a document must not hold: it is refused with 4422. */
export class InvalidContentError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'InvalidContentError';
  }
}
