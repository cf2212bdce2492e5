export {
  type CrashPoint,
  type CrashPointOptions,
  type SenderParts,
  withCrashPoints,
} from './crash-points.ts'
export { type InProcess, inProcess, type RequestHandler } from './in-process.ts'
export { replaceSender } from './replace-sender.ts'
export { samplePayload } from './sample-payload.ts'
export {
  type ScriptedLookup,
  type ScriptedResolver,
  scriptedResolver,
} from './scripted-resolver.ts'
export { type SignedRequestOptions, signedRequest } from './signed-request.ts'
export { type VirtualClock, virtualClock } from './virtual-clock.ts'
