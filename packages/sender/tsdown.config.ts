import { library } from '../../tsdown.shared.ts'

export default library([
  'index',
  'transport/node/index',
  'store/index',
  'metrics/index',
  'late',
  'at-once',
])
