export {
  type CrashPoint,
  type CrashPointOptions,
  type SenderParts,
  withCrashPoints,
} from './crash-points.ts'
export {
  type ScriptedLookup,
  type ScriptedResolver,
  scriptedResolver,
} from './scripted-resolver.ts'
export { type VirtualClock, virtualClock } from './virtual-clock.ts'
