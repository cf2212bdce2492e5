/**
 * The settings under which the functions that workers call all the time are planned: once for a connection, by indexes,
 * whatever the statistics of tables say that grow and shrink within seconds. An index scan also marks the entries of rows
 * that are gone, which a bitmap scan reads again and again.
 */
export const PLAN_SETTINGS = `
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_hashjoin = off
SET enable_mergejoin = off SET jit = off SET plan_cache_mode = force_generic_plan`
