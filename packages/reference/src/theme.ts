/** Scalar's themes. */
export const THEMES = [
  'default',
  'alternate',
  'moon',
  'purple',
  'solarized',
  'bluePlanet',
  'deepSpace',
  'saturn',
  'kepler',
  'elysiajs',
  'fastify',
  'mars',
  'laserwave',
  'none',
] as const

/** The colours of the reference page, as Scalar names them. */
export type ReferenceTheme = (typeof THEMES)[number]
