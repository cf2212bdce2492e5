// A receiver that only counts, in a process of its own: prints its port, and answers each request with {"ok":true}.
import { createServer } from 'node:net'

const ANSWER =
  'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 11\r\n\r\n{"ok":true}'
const LENGTH = /content-length: (\d+)/i

const server = createServer((socket) => {
  let head = ''
  // the bytes of a body that are still to come; they are not kept
  let left = 0
  socket.setEncoding('latin1').setNoDelay()
  socket.on('error', () => {})
  socket.on('data', (chunk: string) => {
    for (let rest = chunk; rest.length > 0; ) {
      if (left > 0) {
        const taken = Math.min(left, rest.length)
        left -= taken
        rest = rest.slice(taken)
      } else {
        head += rest
        const end = head.indexOf('\r\n\r\n')
        if (end < 0) return
        rest = head.slice(end + 4)
        left = Number(LENGTH.exec(head.slice(0, end))?.[1] ?? 0)
        head = ''
      }
      if (left === 0) socket.write(ANSWER)
    }
  })
})
server.listen(0, '127.0.0.1', () => console.log((server.address() as { port: number }).port))
