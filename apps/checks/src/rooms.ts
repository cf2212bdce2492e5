import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { TEST_FILE } from './find-imports.ts'
import { importsOf } from './imports-of.ts'

/** An import between two files of one package, by their paths in `src`. */
export interface OwnImport {
  readonly from: string
  readonly to: string
  readonly isTypeOnly: boolean
  /** Whether it is loaded when the code runs into it, and not before. */
  readonly isLazy: boolean
}

/** How the files of a package are ordered. A room is a folder, or a file that lies in none. */
export interface RoomSurvey {
  /** The lowest first, in an order in which few imports run back up. */
  readonly rooms: readonly string[]
  /** The length of the longest chain of rooms of which each imports the next, in that order. */
  readonly floors: number
  /** Imports from one room of another. */
  readonly imports: readonly OwnImport[]
  /** Those of a higher room. */
  readonly backRunning: readonly OwnImport[]
  /** Files that import each other, by however many others and types included; the largest first. */
  readonly knots: readonly (readonly string[])[]
}

/** Finds the imports between the sources of a package. */
export function ownImports(folder: string): OwnImport[] {
  return globSync('**/*.ts', { cwd: folder })
    .filter((path) => !TEST_FILE.test(path))
    .sort()
    .flatMap((from) =>
      importsOf(readFileSync(join(folder, from), 'utf8'))
        .filter(({ specifier }) => specifier?.startsWith('.'))
        .map(({ specifier = '', isTypeOnly, isLazy }) => ({
          from,
          to: join(dirname(from), specifier),
          isTypeOnly,
          isLazy,
        })),
    )
}

/** Computes rooms, floors, the imports that run back up, and knots. */
export function surveyRooms(all: readonly OwnImport[]): RoomSurvey {
  const imports = all.filter(({ from, to }) => roomOf(from) !== roomOf(to))
  const files = namesOf(all)
  const rooms = orderRooms(imports, [...new Set(files.map(roomOf))])
  const backRunning = imports.filter((one) => runsUp(one, rooms))
  return {
    rooms,
    floors: floorsOf(rooms, imports),
    imports,
    backRunning,
    knots: knotsOf(files, all),
  }
}

/** The imports that run up in an order of rooms, the lowest first; a folder stands for those within. */
export function importsThatRunUp(
  imports: readonly OwnImport[],
  order: readonly string[],
): OwnImport[] {
  const rankOf = (path: string) =>
    order.findIndex((room) => path === room || path.startsWith(`${room}/`))
  return imports.filter(({ from, to }) => rankOf(from) < rankOf(to))
}

/** Writes the figures of a survey in one line. */
export function describeSurvey({ rooms, floors, imports, backRunning, knots }: RoomSurvey): string {
  const pairs = new Set(imports.map(({ from, to }) => `${roomOf(from)} ${roomOf(to)}`))
  const values = backRunning.filter(({ isTypeOnly }) => !isTypeOnly)
  return [
    `${rooms.length} rooms on ${floors} floors`,
    `${imports.length} imports between ${pairs.size} pairs of them`,
    `${backRunning.length} run back up, ${values.length} of them of values`,
    `files in knots: ${knots.map((knot) => knot.length).join(' + ') || 'none'}`,
  ].join('; ')
}

/** The room of a file. */
export function roomOf(path: string): string {
  const folder = dirname(path)
  return folder === '.' ? path : folder
}

function namesOf(imports: readonly OwnImport[]): string[] {
  return [...new Set(imports.flatMap(({ from, to }) => [from, to]))].sort()
}

function runsUp({ from, to }: OwnImport, order: readonly string[]): boolean {
  return order.indexOf(roomOf(from)) < order.indexOf(roomOf(to))
}

/** Orders rooms: imported ones first, then each moves to where the fewest imports run up, until none moves. */
function orderRooms(imports: readonly OwnImport[], rooms: readonly string[]): string[] {
  const targets = (room: string) =>
    imports.filter(({ from }) => roomOf(from) === room).map(({ to }) => roomOf(to))
  let order = components(rooms, targets).flat()
  const cost = (candidate: readonly string[]) => {
    const rank = new Map(candidate.map((room, index) => [room, index]))
    const rankOf = (path: string) => rank.get(roomOf(path)) ?? -1
    return imports.filter(({ from, to }) => rankOf(from) < rankOf(to)).length
  }
  let least = cost(order)
  for (let hasMoved = true; hasMoved; ) {
    hasMoved = false
    for (const room of rooms) {
      const others = order.filter((other) => other !== room)
      for (let index = 0; index <= others.length; index += 1) {
        const candidate = others.toSpliced(index, 0, room)
        const candidateCost = cost(candidate)
        if (candidateCost >= least) continue
        order = candidate
        least = candidateCost
        hasMoved = true
      }
    }
  }
  return order
}

function floorsOf(order: readonly string[], imports: readonly OwnImport[]): number {
  const floors = new Map<string, number>()
  for (const room of order) {
    const below = imports
      .filter((one) => roomOf(one.from) === room && !runsUp(one, order))
      .map(({ to }) => floors.get(roomOf(to)) ?? 0)
    floors.set(room, 1 + Math.max(0, ...below))
  }
  return Math.max(0, ...floors.values())
}

function knotsOf(files: readonly string[], imports: readonly OwnImport[]): string[][] {
  const targets = new Map(files.map((file) => [file, [] as string[]]))
  for (const { from, to } of imports) targets.get(from)?.push(to)
  return components(files, (file) => targets.get(file) ?? [])
    .filter((knot) => knot.length > 1)
    .map((knot) => knot.sort())
    .sort((a, b) => b.length - a.length)
}

/**
 * The strongly connected components of a graph, those first that others lead to.
 *
 * @see https://doi.org/10.1137/0201010 (Tarjan, 1972)
 */
function components(nodes: readonly string[], targets: (node: string) => string[]): string[][] {
  const found: string[][] = []
  const indices = new Map<string, number>()
  const stack: string[] = []
  const isOnStack = new Set<string>()
  const visit = (node: string): number => {
    const index = indices.size
    indices.set(node, index)
    stack.push(node)
    isOnStack.add(node)
    let lowest = index
    for (const target of targets(node)) {
      if (!indices.has(target)) lowest = Math.min(lowest, visit(target))
      else if (isOnStack.has(target)) lowest = Math.min(lowest, indices.get(target) ?? index)
    }
    if (lowest === index) {
      const component = stack.splice(stack.indexOf(node))
      for (const member of component) isOnStack.delete(member)
      found.push(component.reverse())
    }
    return lowest
  }
  for (const node of nodes) if (!indices.has(node)) visit(node)
  return found
}
