/** Says why no project was created, and what to do. */
export class CreateError extends Error {
  override readonly name = 'CreateError'
}
