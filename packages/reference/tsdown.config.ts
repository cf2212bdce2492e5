import { library } from '../../tsdown.shared.ts'

// in chunks, with the code of Scalar's Hono integration: installed, that brings ten packages and 8 MB
export default library(['index'], { unbundle: false, hash: false })
