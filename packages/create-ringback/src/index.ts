export {
  type CreatedProject,
  type CreateOptions,
  createProject,
  TEMPLATES,
  type Template,
} from './create-project.ts'
export { CreateError } from './errors.ts'
