// These write code with the compiler's API, which TypeScript 7 has not: each gets a compiler of its own. As a
// peer it would have to be that of the whole app, and valibot, whose peer it is as well, would be there twice.
const WRITERS = ['@hey-api/openapi-ts', 'openapi-typescript']

/** @see https://pnpm.io/pnpmfile */
module.exports = {
  hooks: {
    readPackage(manifest) {
      if (!WRITERS.includes(manifest.name)) return manifest
      const { typescript, ...peerDependencies } = manifest.peerDependencies
      const dependencies = { ...manifest.dependencies, typescript: '5.9.3' }
      return { ...manifest, peerDependencies, dependencies }
    },
  },
}
