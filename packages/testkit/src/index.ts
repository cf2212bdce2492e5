export {
  type Crashing,
  type CrashingOptions,
  type CrashPoint,
  withCrashPoints,
} from './crash-points.ts'
export { type Answer, type ScriptedResolver, scriptedResolver } from './scripted-resolver.ts'
export { type VirtualClock, virtualClock } from './virtual-clock.ts'
