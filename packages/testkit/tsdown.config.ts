import { library } from '../../tsdown.shared.ts'

export default library(['index', 'node/index', 'node/contract/index', 'vitest/index'])
