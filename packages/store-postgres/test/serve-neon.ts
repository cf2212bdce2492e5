import { createServer } from 'node:http'
import type pg from 'pg'

/** A stand-in for Neon's proxy: one statement, one request, no session. */
export interface NeonProxy {
  readonly url: string
  stop(): Promise<void>
}

/** Serves statements over HTTP, as Neon's proxy does. */
export async function serveNeon(pool: pg.Pool): Promise<NeonProxy> {
  const query = async (body: string) => {
    const { query: text, params: values } = JSON.parse(body)
    // as text: the driver parses them
    const types = { getTypeParser: () => (value: string) => value }
    const result = await pool.query({ text, values, types, rowMode: 'array' })
    const { command, rowCount, rows } = result
    const fields = result.fields.map(({ name, dataTypeID }) => ({ name, dataTypeID }))
    return { command, rowCount, fields, rows, rowAsArray: true }
  }
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const json = { 'content-type': 'application/json' }
    try {
      const result = JSON.stringify(await query(body))
      response.writeHead(200, json).end(result)
    } catch (error) {
      const { message, code } = error as { message: string; code?: string }
      response.writeHead(400, json).end(JSON.stringify({ message, code }))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/sql`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
