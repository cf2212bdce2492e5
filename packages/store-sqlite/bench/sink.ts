// A receiver that only counts, in a process of its own: prints its port, and answers each request with {"ok":true}.
import { createServer } from 'node:net'

const ANSWER =
  'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 11\r\n\r\n{"ok":true}'
const LENGTH = /content-length: (\d+)/i

const server = createServer((socket) => {
  let received = ''
  socket.setEncoding('latin1').setNoDelay()
  socket.on('error', () => {})
  socket.on('data', (chunk) => {
    received += chunk
    for (;;) {
      const end = received.indexOf('\r\n\r\n')
      if (end < 0) return
      const size = end + 4 + Number(LENGTH.exec(received.slice(0, end))?.[1] ?? 0)
      if (received.length < size) return
      received = received.slice(size)
      socket.write(ANSWER)
    }
  })
})
server.listen(0, '127.0.0.1', () => console.log((server.address() as { port: number }).port))
