/** A sentence, which the compiler prints, where a status is an interim one; `unknown` elsewhere. */
export type StatusProblem<TStatus> = TStatus extends 100 | 101 | 102 | 103
  ? {
      // a member, since a number that is also a text is `never`, which says nothing
      readonly problem: `${TStatus} is an interim status that no handler can respond with; declare the final response`
    }
  : unknown

/**
 * A sentence, which the compiler prints, where a status has no body; `unknown` elsewhere.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110.html#section-15.3.5
 */
export type BodyProblem<TStatus> = TStatus extends 204 | 205 | 304
  ? {
      readonly problem: `HTTP allows no body with ${TStatus}; leave out the schema, or declare another status such as 200`
    }
  : unknown
