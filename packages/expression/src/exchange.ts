/** Header fields by name in any case; several lines of one field are an array. */
export type HeaderFields = Readonly<Record<string, string | readonly string[]>>

/** A request as it arrived: the URL raw, path parameters decoded. */
export interface ExchangeRequest {
  readonly method: string
  readonly url: string
  readonly pathParams: Readonly<Record<string, string>>
  readonly headers: HeaderFields
  /** Parsed JSON, the fields of a form as an object, the text of a text body, or bytes; `undefined` without a body. */
  readonly body?: unknown
}

/** The response to a request. */
export interface ExchangeResponse {
  readonly status: number
  readonly headers: HeaderFields
  readonly body?: unknown
}

/** A request and its response: plain JSON that can be stored, unless a body holds files or bytes. */
export interface Exchange {
  readonly request: ExchangeRequest
  readonly response?: ExchangeResponse | undefined
}
