import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { toProblemIssue } from './problem-issue.ts'
import { toProblemIssues } from './problem-issues.ts'

function issuesOf(schema: v.GenericSchema, input: unknown) {
  const result = schema['~standard'].validate(input)
  if (result instanceof Promise) throw new Error('the schema is asynchronous')
  return (result.issues ?? []).map((issue) => toProblemIssue('body', issue, input))
}

describe('toProblemIssue', () => {
  it('points with RFC 6901, which escapes ~ and /', () => {
    const Schema = v.object({ 'a/b': v.array(v.object({ 'm~n': v.number() })) })
    expect(issuesOf(Schema, { 'a/b': [{ 'm~n': 1 }, { 'm~n': 'x' }] })).toEqual([
      { in: 'body', pointer: '/a~1b/1/m~0n', detail: 'Invalid type: Expected number' },
    ])
  })

  it('points at the whole part with an empty pointer', () => {
    expect(issuesOf(v.object({}), 'text')).toMatchObject([{ pointer: '' }])
  })

  it.each([
    ['the received type', v.number(), 'hunter2', 'Invalid type: Expected number'],
    ['the received format', v.pipe(v.string(), v.email()), 'hunter2', 'Invalid email'],
    ['a long text', v.pipe(v.string(), v.maxLength(3)), 'hunter2', 'Invalid length: Expected <=3'],
    [
      'a message of the schema that quotes the value',
      v.pipe(
        v.string(),
        v.check(
          () => false,
          ({ input }) => `no such user: ${input}`,
        ),
      ),
      'hunter2',
      'the value is not valid',
    ],
    [
      'a message that quotes a member of the value',
      v.pipe(
        v.object({ p: v.string() }),
        v.check(
          () => false,
          ({ input }) => `bad: ${input.p}`,
        ),
      ),
      { p: 'hunter2' },
      'the value is not valid',
    ],
  ])('never echoes %s', (_, schema, input, detail) => {
    expect(issuesOf(schema, input)).toMatchObject([{ detail }])
  })

  it('keeps a custom message of the schema', () => {
    const Schema = v.pipe(v.string(), v.minLength(8, 'a password has 8 characters at least'))
    expect(issuesOf(Schema, 'x')).toMatchObject([
      { detail: 'a password has 8 characters at least' },
    ])
  })

  it('limits the number and the length of issues', () => {
    const long = 'k'.repeat(2000)
    const issues = (issue: { message: string; path?: PropertyKey[] }, input: unknown) =>
      toProblemIssues('body', Array(200_000).fill(issue), input)
    const found = issues({ message: 'bad', path: ['a', long] }, { a: { [long]: 1 } })
    expect(found).toHaveLength(50)
    expect(found[0]).toEqual({ in: 'body', pointer: '/a', detail: 'bad' })
    expect(issues({ message: `unknown key ${long}` }, {})[0]?.detail).toBe('the value is not valid')
  })

  it('hides the message if the value is too large to tell whether it is quoted', () => {
    let deep: unknown = 'hunter2'
    for (let depth = 0; depth < 100_000; depth++) deep = [deep]
    const [issue] = toProblemIssues('body', [{ message: 'bad: hunter2' }], deep)
    expect(issue?.detail).toBe('the value is not valid')
    const wide = Array(200_000).fill('x')
    expect(toProblemIssues('body', [{ message: 'bad' }], wide)[0]?.detail).toBe(
      'the value is not valid',
    )
  })
})
