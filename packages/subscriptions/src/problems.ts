import type { ProblemBody } from './bodies.ts'

const TITLES = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  422: 'Unprocessable Content',
} as const

/** Makes problem details; with a pointer, those of one member of the body. */
export function problemOf(
  status: keyof typeof TITLES,
  detail: string,
  pointer?: string,
): ProblemBody {
  const errors = pointer === undefined ? {} : { errors: [{ in: 'body', pointer, detail }] }
  return { type: 'about:blank', title: TITLES[status], status, detail, ...errors }
}

export const NO_ENDPOINT: ProblemBody = problemOf(
  404,
  'there is no such endpoint: it never existed, or was deleted',
)

export const NO_DELIVERY: ProblemBody = problemOf(
  404,
  'there is no such delivery to this endpoint: it never existed, or has been erased',
)

/** A value, or the problem of a mistake of the caller that the sender has found. */
export type OrProblem<TValue> =
  | { readonly ok: true; readonly value: TValue }
  | { readonly ok: false; readonly status: 409 | 422; readonly problem: ProblemBody }

/** Runs a step of the sender; rejects with what is not the caller's mistake. */
export async function orProblem<TValue>(step: () => Promise<TValue>): Promise<OrProblem<TValue>> {
  try {
    return { ok: true, value: await step() }
  } catch (error) {
    const found = placeOf(error)
    if (found === undefined) throw error
    const { status, pointer, detail } = found
    return { ok: false, status, problem: problemOf(status, detail, pointer) }
  }
}

interface Place {
  readonly status: 409 | 422
  readonly detail: string
  readonly pointer?: string
}

function placeOf(error: unknown): Place | undefined {
  // the class would load the sender; its name and code are as stable
  if (!(error instanceof Error) || error.name !== 'SenderError') return undefined
  const detail = error.message
  switch (Reflect.get(error, 'code')) {
    case 'endpoint':
      return { status: 422, detail }
    case 'url':
      return { status: 422, detail, pointer: '/url' }
    case 'duplicate':
      return { status: 409, detail, pointer: '/externalId' }
    case 'state':
      return { status: 409, detail }
    default:
      return undefined
  }
}
