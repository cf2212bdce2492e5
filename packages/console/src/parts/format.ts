const NUMBERS = new Intl.NumberFormat('en')
const UNITS = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
] as const

/** Writes a whole number, such as `12,345`. */
export function formatCount(count: number): string {
  return NUMBERS.format(count)
}

/** Writes a share from 0 to 1, such as `99.2 %`; nothing but all is 100 %. */
export function formatShare(share: number | undefined): string {
  if (share === undefined) return '–'
  const tenths = Math.round(share * 1000) / 10
  const shown = share < 1 ? Math.min(tenths, 99.9) : tenths
  return `${shown} %`
}

/** Writes milliseconds in one or two units, such as `37 ms`, `1.2 s` or `2 h 5 min`. */
export function formatDuration(milliseconds: number | undefined): string {
  if (milliseconds === undefined) return '–'
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`
  if (milliseconds < 60_000) return `${Math.round(milliseconds / 100) / 10} s`
  const first = UNITS.findIndex(([length]) => milliseconds >= length)
  const [length, unit] = UNITS[first] ?? [1000, 's']
  const whole = Math.floor(milliseconds / length)
  const [small, smallUnit] = UNITS[first + 1] ?? [1000, 's']
  const rest = Math.floor((milliseconds - whole * length) / small)
  return rest === 0 ? `${whole} ${unit}` : `${whole} ${unit} ${rest} ${smallUnit}`
}

/** Writes a time of UTC to the second, such as `2026-11-26 17:55:31`. */
export function formatTime(time: number): string {
  return isTime(time) ? new Date(time).toISOString().slice(0, 19).replace('T', ' ') : 'never'
}

/** Writes how long ago a time was, or in how long it is, such as `4 min ago`. */
export function formatAge(time: number, now: number): string {
  const age = now - time
  if (Math.abs(age) < 1000) return 'now'
  const [length = 1000, unit = 's'] = UNITS.find(([one]) => Math.abs(age) >= one) ?? []
  const count = `${Math.floor(Math.abs(age) / length)} ${unit}`
  return age > 0 ? `${count} ago` : `in ${count}`
}

/** Writes a size, such as `1.4 KiB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  const [size, unit] = bytes < 1024 * 1024 ? [bytes / 1024, 'KiB'] : [bytes / 1024 / 1024, 'MiB']
  return `${Math.round(size * 10) / 10} ${unit}`
}

/** Whether a number is a time that can be shown; a disabled endpoint is held until none. */
export function isTime(time: number): boolean {
  return Math.abs(time) < 8.64e15
}
