import { CreateError } from './errors.ts'

type Manifest = Readonly<Record<string, unknown>>

/**
 * Gives a package.json whose dependencies have versions: those that this package was tested with, which are its own
 * `devDependencies`. So a template names packages alone.
 *
 * @throws {CreateError} for a package that this one was not tested with
 */
export function fillManifest(manifest: Manifest, own: Manifest): Manifest {
  const tested = versionsOf(own.devDependencies)
  const fill = (dependencies: unknown) =>
    Object.fromEntries(
      Object.keys(versionsOf(dependencies)).map((name) => [name, rangeOf(name, tested)]),
    )
  return {
    ...manifest,
    dependencies: fill(manifest.dependencies),
    devDependencies: fill(manifest.devDependencies),
  }
}

function versionsOf(dependencies: unknown): Readonly<Record<string, string>> {
  // the shape of a package.json, which is ours
  return (dependencies ?? {}) as Readonly<Record<string, string>>
}

function rangeOf(name: string, tested: Readonly<Record<string, string>>): string {
  const version = Object.hasOwn(tested, name) ? tested[name] : undefined
  if (version === undefined || !/^[\^~]?\d/.test(version)) {
    throw new CreateError(
      `No version of ${name} is known: run the published create-ringback, such as with npm create ringback.`,
    )
  }
  return /^\d/.test(version) ? `^${version}` : version
}
