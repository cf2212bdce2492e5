import { expectTypeOf, it } from 'vitest'
import { sign } from './sign.ts'
import { type VerifyOptions, verify } from './verify.ts'

const secrets = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'] as const

it('takes the headers of every server, and every form of body', () => {
  expectTypeOf<Headers>().toExtend<VerifyOptions['headers']>()
  // what Node's IncomingHttpHeaders extends
  expectTypeOf<NodeJS.Dict<string | string[]>>().toExtend<VerifyOptions['headers']>()
  expectTypeOf<Record<string, string>>().toExtend<VerifyOptions['headers']>()
  expectTypeOf<Buffer | Uint8Array | ArrayBuffer | string>().toExtend<VerifyOptions['body']>()
})

it('refuses a parsed body and a time as text', () => {
  // @ts-expect-error - a parsed body is not what was signed
  verify({ headers: {}, body: { paid: true }, secrets })
  // @ts-expect-error - the timestamp is a number of seconds
  sign({ id: 'msg_1', timestamp: '1614265330', body: '', secrets })
})

it('gives headers that fetch takes', () => {
  expectTypeOf(sign).returns.resolves.toExtend<HeadersInit>()
  expectTypeOf(verify).returns.resolves.toEqualTypeOf<void>()
})
