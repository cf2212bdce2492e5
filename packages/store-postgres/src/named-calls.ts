import { bindCommits } from './commits.ts'
import { nameStatement } from './statement-name.ts'

/** A statement that is run all the time: its text, and the name under which connections keep it. */
export interface NamedStatement {
  readonly text: string
  readonly name: string
}

/** The calls of the functions of a schema that stores and workers make all the time. */
export interface NamedCalls {
  readonly enqueue: NamedStatement
  readonly commit: NamedStatement
  readonly claim: NamedStatement
}

/** Gives the calls for a schema, which is given as a quoted identifier. */
export function namedCallsOf(s: string): NamedCalls {
  return {
    enqueue: named(`SELECT * FROM ${s}.enqueue_v1($1::float8, $2::text::json)`),
    commit: named(`SELECT * FROM ${s}.commit_v2($1::float8, ${bindCommits(2)})`),
    claim: named(`SELECT * FROM ${s}.claim_v2($1::float8, $2::int, $3::float8, $4::int, $5::float8,
      $6::int, $7::float8, $8::float8, $9::int, $10::text::json, ${bindCommits(11)})`),
  }
}

function named(text: string): NamedStatement {
  return { text, name: nameStatement(text) }
}
