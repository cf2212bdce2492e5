// The specification's example of links, with our builders.
import { link, namedSchema, route } from '@ringback/core'
import { document } from '@ringback/core/document'
import * as v from 'valibot'

const User = namedSchema(
  'user',
  v.object({ username: v.optional(v.string()), uuid: v.optional(v.string()) }),
)
const Repository = namedSchema(
  'repository',
  v.object({ slug: v.optional(v.string()), owner: v.optional(User) }),
)
const PullRequest = namedSchema(
  'pullrequest',
  v.object({
    id: v.optional(v.pipe(v.number(), v.integer())),
    title: v.optional(v.string()),
    repository: v.optional(Repository),
    author: v.optional(User),
  }),
)

// what a link leads to is declared before it
const mergePullRequest = route('post', '/2.0/repositories/:username/:slug/pullrequests/:pid/merge')
  .operationId('mergePullRequest')
  .summary('Merge a pull request')
  .response(204, undefined, { description: 'the PR was successfully merged' })
  .handle((c) => c.body(null, 204))

const getPullRequestsById = route('get', '/2.0/repositories/:username/:slug/pullrequests/:pid')
  .operationId('getPullRequestsById')
  .summary('Read a pull request')
  .response(200, PullRequest, { description: 'a pull request object' })
  .link(
    'pullRequestMerge',
    link(mergePullRequest, {
      status: 200,
      parameters: {
        username: '$response.body#/author/username',
        slug: '$response.body#/repository/slug',
        pid: '$response.body#/id',
      },
    }),
  )
  .handle((c) => c.json({}, 200))

const getPullRequestsByRepository = route('get', '/2.0/repositories/:username/:slug/pullrequests')
  .operationId('getPullRequestsByRepository')
  .summary('List pull requests')
  .query(v.object({ state: v.optional(v.picklist(['open', 'merged', 'declined'])) }))
  .response(200, v.array(PullRequest), { description: 'an array of pull request objects' })
  .handle((c) => c.json([], 200))

const getRepository = route('get', '/2.0/repositories/:username/:slug')
  .operationId('getRepository')
  .summary('Read a repository')
  .response(200, Repository, { description: 'The repository' })
  .link(
    'repositoryPullRequests',
    link(getPullRequestsByRepository, {
      status: 200,
      parameters: {
        username: '$response.body#/owner/username',
        slug: '$response.body#/slug',
      },
    }),
  )
  .handle((c) => c.json({}, 200))

const getRepositoriesByOwner = route('get', '/2.0/repositories/:username')
  .operationId('getRepositoriesByOwner')
  .summary('List repositories')
  .response(200, v.array(Repository), { description: 'repositories owned by the supplied user' })
  .link(
    'userRepository',
    link(getRepository, {
      status: 200,
      parameters: {
        username: '$response.body#/0/owner/username',
        slug: '$response.body#/0/slug',
      },
    }),
  )
  .handle((c) => c.json([], 200))

const getUserByName = route('get', '/2.0/users/:username')
  .operationId('getUserByName')
  .summary('Read a user')
  .response(200, User, { description: 'The User' })
  .link(
    'userRepositories',
    link(getRepositoriesByOwner, {
      status: 200,
      parameters: { username: '$response.body#/username' },
    }),
  )
  .handle((c) => c.json({}, 200))

export const linkExample = (openapi: '3.1' | '3.2') =>
  document({ openapi, info: { title: 'Link Example', version: '1.0.0' } }, [
    getUserByName,
    getRepositoriesByOwner,
    getRepository,
    getPullRequestsByRepository,
    getPullRequestsById,
    mergePullRequest,
  ])
