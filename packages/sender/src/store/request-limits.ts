/** How many requests may be made at once, and a second; without a number there is no limit. */
export interface RequestLimit {
  /** Requests at once. */
  readonly concurrency?: number
  /** Requests a second. */
  readonly rate?: number
}

/** The limits of each endpoint, and of all endpoints of one owner together. */
export interface RequestLimits {
  readonly endpoint: RequestLimit
  readonly owner?: RequestLimit
  /** Requests a second to an endpoint that has just recovered. */
  readonly pace?: number
}
