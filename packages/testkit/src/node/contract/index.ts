export {
  type StoreClock,
  type StoreContractCase,
  type StoreFactory,
  type StoreUnderTest,
  storeContract,
} from './store-contract.ts'
