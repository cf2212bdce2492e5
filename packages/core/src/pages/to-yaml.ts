const PLAIN_KEY = /^[A-Za-z_$][\w.$/-]*$/
/** Keys that some parsers read as other values than text. */
const OTHER_VALUE = /^(?:true|false|null|yes|no|on|off|y|n|e\d+)$/i

/**
 * Writes JSON data as YAML in blocks. Texts are quoted as in JSON, so that every parser reads them as they are:
 * YAML 1.2 contains JSON.
 *
 * @example
 * toYaml({ openapi: '3.1.1', tags: ['a'] }) // 'openapi: "3.1.1"\ntags:\n  - "a"\n'
 *
 * @see https://yaml.org/spec/1.2.2/
 */
export function toYaml(value: object): string {
  // as JSON has it: without members that are undefined
  return `${blockOf(JSON.parse(JSON.stringify(value)), '')}\n`
}

/** The lines of a value; the first is not indented, since it stands behind a dash. */
function blockOf(value: unknown, indent: string): string {
  if (!isFilled(value)) return JSON.stringify(value)
  if (Array.isArray(value)) {
    return value.map((item) => `- ${blockOf(item, `${indent}  `)}`).join(`\n${indent}`)
  }
  return Object.entries(value)
    .map(([name, member]) => {
      const key = PLAIN_KEY.test(name) && !OTHER_VALUE.test(name) ? name : JSON.stringify(name)
      const isBlock = isFilled(member)
      const text = blockOf(member, `${indent}  `)
      return isBlock ? `${key}:\n${indent}  ${text}` : `${key}: ${text}`
    })
    .join(`\n${indent}`)
}

function isFilled(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0
}
