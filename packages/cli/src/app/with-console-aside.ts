const METHODS = ['log', 'info', 'debug'] as const

/** Runs a function while all that is printed to the console goes to standard error. */
export async function withConsoleAside<TResult>(run: () => Promise<TResult>): Promise<TResult> {
  const before = METHODS.map((name) => console[name])
  for (const name of METHODS) console[name] = console.error
  try {
    return await run()
  } finally {
    METHODS.forEach((name, index) => {
      console[name] = before[index] ?? console[name]
    })
  }
}
