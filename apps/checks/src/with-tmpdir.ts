/** Runs code whose temporary files go into this folder. */
export async function withTmpdir<TResult>(
  folder: string,
  run: () => TResult | Promise<TResult>,
): Promise<TResult> {
  const { TMPDIR } = process.env
  process.env.TMPDIR = folder
  try {
    return await run()
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = TMPDIR
  }
}
