import { createSocket } from 'node:dgram'
import { createServer, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { onTestFinished } from 'vitest'

/** A question that a DNS server is asked. */
export interface DnsQuestion {
  /** In lower case, without the dot at the end. */
  readonly name: string
  readonly type: 'A' | 'AAAA' | 'NS'
}

/** Addresses of the type that was asked for, an error, or no response at all. */
export type DnsAnswer = readonly string[] | 'NXDOMAIN' | 'SERVFAIL' | 'silence'

/** A DNS server of the test. */
export interface DnsServer {
  /** For the option `servers`. */
  readonly servers: readonly [string]
  readonly questions: readonly DnsQuestion[]
  /** How many questions came by TCP. */
  readonly overTcp: () => number
}

export interface DnsServerOptions {
  /** Milliseconds before each response. */
  readonly delay?: number
}

const TYPES = new Map<number, DnsQuestion['type']>([
  [1, 'A'],
  [2, 'NS'],
  [28, 'AAAA'],
])
const CODES = { NXDOMAIN: 3, SERVFAIL: 2 }
const HEADER = 12

/** Starts a DNS server on UDP and TCP for the current test; a response longer than 512 bytes goes by TCP. */
export async function dnsServer(
  answer: (question: DnsQuestion) => DnsAnswer,
  { delay = 0 }: DnsServerOptions = {},
): Promise<DnsServer> {
  const questions: DnsQuestion[] = []
  let overTcp = 0
  const respond = async (request: Buffer, limit: number): Promise<Buffer | undefined> => {
    const { question, end } = readQuestion(request)
    questions.push(question)
    const found = answer(question)
    if (delay > 0) await wait(delay)
    if (found === 'silence') return undefined
    const response = writeResponse(request.subarray(0, end), question, found)
    return response.length <= limit ? response : truncated(request.subarray(0, end))
  }

  const sockets = new Set<Socket>()
  const tcp = createServer((socket) => {
    sockets.add(socket.on('error', () => {}))
    socket.once('data', async (data) => {
      overTcp += 1
      const response = await respond(data.subarray(2), 0xffff)
      if (response === undefined) return
      const length = Buffer.alloc(2)
      length.writeUInt16BE(response.length)
      socket.end(Buffer.concat([length, response]))
    })
  })
  await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve))
  const { port } = tcp.address() as { readonly port: number }
  const udp = createSocket('udp4')
  udp.on('message', async (data, { address, port: from }) => {
    const response = await respond(data, 512)
    if (response !== undefined && !isClosed) udp.send(response, from, address)
  })
  let isClosed = false
  await new Promise<void>((resolve) => udp.bind(port, '127.0.0.1', resolve))
  onTestFinished(async () => {
    isClosed = true
    for (const socket of sockets) socket.destroy()
    udp.close()
    await new Promise((resolve) => tcp.close(resolve))
  })
  return { servers: [`127.0.0.1:${port}`], questions, overTcp: () => overTcp }
}

function readQuestion(request: Buffer): { question: DnsQuestion; end: number } {
  const labels: string[] = []
  let at = HEADER
  for (let length = request[at] ?? 0; length > 0; length = request[at] ?? 0) {
    labels.push(request.toString('latin1', at + 1, at + 1 + length))
    at += 1 + length
  }
  const type = TYPES.get(request.readUInt16BE(at + 1)) ?? 'A'
  return { question: { name: labels.join('.').toLowerCase(), type }, end: at + 5 }
}

/** Writes a response to a question without EDNS, which takes the name from the question. */
function writeResponse(
  head: Buffer,
  { type }: DnsQuestion,
  found: Exclude<DnsAnswer, 'silence'>,
): Buffer {
  if (typeof found === 'string') return withFlags(head, 0x8180 + CODES[found], 0)
  const records = found
    .filter((address) => address.includes(':') === (type === 'AAAA') && type !== 'NS')
    .map((address) => {
      const data = type === 'A' ? ipv4(address) : ipv6(address)
      const record = Buffer.from([0xc0, HEADER, 0, type === 'A' ? 1 : 28, 0, 1, 0, 0, 0, 60, 0, 0])
      record.writeUInt16BE(data.length, 10)
      return Buffer.concat([record, data])
    })
  return Buffer.concat([withFlags(head, 0x8180, records.length), ...records])
}

function truncated(head: Buffer): Buffer {
  return withFlags(head, 0x8380, 0)
}

function withFlags(head: Buffer, flags: number, answers: number): Buffer {
  const copy = Buffer.from(head)
  copy.writeUInt16BE(flags, 2)
  copy.writeUInt16BE(answers, 6)
  copy.writeUInt32BE(0, 8)
  return copy
}

function ipv4(address: string): Buffer {
  return Buffer.from(address.split('.').map(Number))
}

/** Of an address with one `::`. */
function ipv6(address: string): Buffer {
  const [head = [], tail = []] = address
    .split('::')
    .map((part) => part.split(':').filter((group) => group !== ''))
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => '0')
  const bytes = Buffer.alloc(16)
  for (const [index, group] of [...head, ...zeros, ...tail].entries()) {
    bytes.writeUInt16BE(Number.parseInt(group, 16), index * 2)
  }
  return bytes
}
