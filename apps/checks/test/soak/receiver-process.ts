// The receiver of a soak, in a process of its own: prints its port. The path of a URL says how it responds.
import { createServer } from 'node:http'

let turns = 0
const server = createServer((request, response) => {
  request.resume()
  request.on('end', () => {
    if (request.url === '/reset') return request.socket.destroy()
    // until the deadline of the sender
    if (request.url === '/hang') return
    if (request.url === '/flaky') turns += 1
    const isFlaky = request.url === '/flaky' && turns % 4 === 0
    response.statusCode = request.url === '/fail' || isFlaky ? 500 : 200
    response.setHeader('content-type', 'application/json').end('{"ok":true}')
  })
})
server.listen(0, '127.0.0.1', () => console.log((server.address() as { port: number }).port))
