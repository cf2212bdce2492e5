import { ICON } from './icon.ts'
import { SCRIPT } from './script.ts'
import { STYLE } from './style.ts'

/** Changes with each change of the assets, so that browsers may keep them. */
export const VERSION: string = hash(`${ICON}${SCRIPT}${STYLE}`)

/** FNV-1a, of 32 bits. */
function hash(text: string): string {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  }
  return (value >>> 0).toString(36)
}
