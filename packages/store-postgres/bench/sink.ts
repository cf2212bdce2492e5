// A receiver that only counts, in a process of its own. It listens on all of 127.0.0.0/8, whose addresses are different
// origins, sends its port, and answers the message `count` with the number of requests since the last.
import { createServer } from 'node:net'

const ANSWER = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}'
const LENGTH = /content-length: (\d+)/i
let requests = 0

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
      if (left === 0) {
        requests += 1
        socket.write(ANSWER)
      }
    }
  })
})
server.listen(0, '0.0.0.0', () => {
  const address = server.address()
  process.send?.(typeof address === 'object' ? address?.port : undefined)
})
process.on('message', () => {
  process.send?.(requests)
  requests = 0
})
