// `late.ts` for Workers: `#late` of the manifest. It gives the same members of modules that are loaded already.

import {
  callbackBinder,
  coercedReader,
  formCoercionOf,
  headersReader,
  otherPreparer,
  parseOther,
  refuseToKeep,
} from './hono/declared.ts'
import { eventWriter } from './hono/event-data.ts'
import { honoHandler } from './hono/handler.ts'
import {
  answerUnmatched,
  brokenResponse,
  noResponse,
  overflows,
  refusalResponse,
  undeclaredResponse,
} from './hono/words.ts'
import { createDocumentedApi } from './pages/documented-api.ts'
import { sentValueOf } from './schemas/sent-value.ts'

export async function loadHandler(): Promise<typeof import('./hono/handler.ts')> {
  return { honoHandler }
}

export async function loadDeclared(): Promise<typeof import('./hono/declared.ts')> {
  return {
    callbackBinder,
    coercedReader,
    formCoercionOf,
    headersReader,
    otherPreparer,
    parseOther,
    refuseToKeep,
  }
}

export async function loadWords(): Promise<typeof import('./hono/words.ts')> {
  return {
    answerUnmatched,
    brokenResponse,
    noResponse,
    overflows,
    refusalResponse,
    undeclaredResponse,
  }
}

export async function loadEventData(): Promise<typeof import('./hono/event-data.ts')> {
  return { eventWriter }
}

export async function loadSentValue(): Promise<typeof import('./schemas/sent-value.ts')> {
  return { sentValueOf }
}

export async function loadDocumentedApi(): Promise<typeof import('./pages/documented-api.ts')> {
  return { createDocumentedApi }
}
