import { closeSync, openSync, readSync } from 'node:fs'

// https://www.sqlite.org/fileformat2.html#walformat
const HEADER = 32
const FRAME_HEADER = 24
const MAGIC = 0x377f0682
const FRAMES_AT_ONCE = 64

type Sums = readonly [first: number, second: number]

/**
 * Tells whether a write-ahead log has commits behind a damaged frame. SQLite reads a log up to the first frame that is
 * damaged, and then writes over the rest. A frame that a killed process has left half written has no commit behind it.
 * `false` without a log, and while another process begins a new one.
 */
export function hasLostCommits(path: string): boolean {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch {
    return false
  }
  try {
    const header = readAt(file, HEADER, 0)
    if (header === undefined) return false
    const isLost = searchFrames(file, header)
    // a process that has the log open may have begun it anew meanwhile
    return isLost && readAt(file, HEADER, 0)?.equals(header) === true
  } finally {
    closeSync(file)
  }
}

function searchFrames(file: number, header: Buffer): boolean {
  const magic = header.readUInt32BE(0)
  const isBigEndian = magic === MAGIC + 1
  const pageSize = header.readUInt32BE(8)
  if ((magic !== MAGIC && !isBigEndian) || pageSize < 512) return false
  const sum = (part: Buffer, [first, second]: Sums): Sums => {
    let a = first
    let b = second
    for (let at = 0; at < part.length; at += 8) {
      a = (a + b + (isBigEndian ? part.readUInt32BE(at) : part.readUInt32LE(at))) >>> 0
      b = (b + a + (isBigEndian ? part.readUInt32BE(at + 4) : part.readUInt32LE(at + 4))) >>> 0
    }
    return [a, b]
  }
  let salts = header.subarray(16, 24)
  let before = sumsIn(header, 24)
  const [first, second] = sum(header.subarray(0, 24), [0, 0])
  let isDamaged = first !== before[0] || second !== before[1]

  let isFirst = true
  for (const frame of readFrames(file, FRAME_HEADER + pageSize)) {
    if (isFirst && isDamaged) salts = frame.subarray(8, 16)
    isFirst = false
    const isCurrent = frame.subarray(8, 16).equals(salts)
    const stored = sumsIn(frame, 16)
    // each continues the sums of the frame before, so that one behind a damaged frame can be told from rubbish
    const [a, b] = sum(frame.subarray(FRAME_HEADER), sum(frame.subarray(0, 8), before))
    const isIntact = isCurrent && a === stored[0] && b === stored[1]
    const isCommit = frame.readUInt32BE(4) !== 0
    if (isDamaged && isIntact && isCommit) return true
    isDamaged ||= !isIntact
    before = stored
  }
  return false
}

function* readFrames(file: number, size: number): Generator<Buffer> {
  for (let at = HEADER; ; at += FRAMES_AT_ONCE * size) {
    const block = Buffer.alloc(FRAMES_AT_ONCE * size)
    const length = readSync(file, block, 0, block.length, at)
    for (let start = 0; start + size <= length; start += size) {
      yield block.subarray(start, start + size)
    }
    if (length < block.length) return
  }
}

function sumsIn(part: Buffer, at: number): Sums {
  return [part.readUInt32BE(at), part.readUInt32BE(at + 4)]
}

function readAt(file: number, length: number, position: number): Buffer | undefined {
  const bytes = Buffer.alloc(length)
  return readSync(file, bytes, 0, length, position) === length ? bytes : undefined
}
