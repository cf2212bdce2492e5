import { type Finding, RULES } from './finding.ts'
import type { Location } from './locate.ts'

/** A finding with its file and place. */
export interface LocatedFinding extends Finding {
  readonly file: string
  /** Absent for the document of an app. */
  readonly location?: Location
}

/**
 * Writes findings as SARIF 2.1.0, which code hosts show beside a change.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function toSarif(findings: readonly LocatedFinding[], version: string): object {
  const rules = Object.entries(RULES).map(([id, [level, text]]) => ({
    id,
    shortDescription: { text },
    defaultConfiguration: { level },
  }))
  const results = findings.map(({ rule, severity, message, remedy, pointer, file, location }) => ({
    ruleId: rule,
    ruleIndex: rules.findIndex(({ id }) => id === rule),
    level: severity,
    message: { text: `${message} ${remedy}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(file) },
          ...(location && {
            region: { startLine: location.line, startColumn: location.column },
          }),
        },
        logicalLocations: [{ fullyQualifiedName: pointer, kind: 'member' }],
      },
    ],
  }))
  const driver = { name: 'ringback', version, rules }
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, results }],
  }
}

/** A relative URI reference, as readers of SARIF want it. */
function uriOf(file: string): string {
  if (/^https?:/.test(file)) return file
  return file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/')
}
