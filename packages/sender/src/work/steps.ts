/** Runs steps one after the other, so that a stop during a start stops what was started. */
export function createSteps(): (step: () => Promise<void>) => Promise<void> {
  let last: Promise<unknown> = Promise.resolve()
  return (step) => {
    const done = last.then(step, step)
    last = done
    return done
  }
}
