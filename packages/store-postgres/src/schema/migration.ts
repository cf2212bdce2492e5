import { cancelFunctionsOf } from './cancel-functions.ts'
import { claimFunctionOf } from './claim-function.ts'
import { commitFunctionOf } from './commit-function.ts'
import { countTableOf } from './count-table.ts'
import { deliveryTablesOf } from './delivery-tables.ts'
import { endpointTablesOf } from './endpoint-tables.ts'
import { enqueueFunctionOf } from './enqueue-function.ts'
import { forgetFunctionOf } from './forget-function.ts'
import { nextFunctionOf } from './next-function.ts'
import { publishFunctionsOf } from './publish-functions.ts'
import { redriveFunctionOf } from './redrive-function.ts'
import { roomFunctionOf } from './room-function.ts'
import { settleFunctionOf } from './settle-function.ts'
import { sweepFunctionOf } from './sweep-function.ts'
import { tablesOf } from './tables.ts'
import { turnBackFunctionOf } from './turn-back-function.ts'

/** The version of tables and functions that this package uses. */
export const VERSION = 2

/**
 * The oldest version of this package that can use these tables. Version 1 knows no registered endpoints: it would send
 * their deliveries without a payload.
 */
const OLDEST = 2

/** Gives the channel that is told of what was stored. */
export function channelOf(schema: string): string {
  return `ringback_${schema}`
}

/**
 * Gives the one statement that brings a schema to this version, whatever version it has. Two processes that run it at
 * the same time wait for each other.
 */
export function migrationOf(schema: string): string {
  const s = `"${schema}"`
  const channel = channelOf(schema)
  return `DO $ringback_migration$ BEGIN
PERFORM pg_advisory_xact_lock(hashtext('${s} ringback migration'), 2);
-- a role that may not create schemas can be given one
IF to_regnamespace('${s}') IS NULL THEN
  CREATE SCHEMA ${s};
END IF;
IF to_regclass('${s}.version') IS NULL THEN
  CREATE TABLE ${s}.version (version int NOT NULL, oldest int NOT NULL);
  INSERT INTO ${s}.version VALUES (0, 1);
END IF;
IF (SELECT version FROM ${s}.version) < 1 THEN
${tablesOf(s)}
END IF;
IF (SELECT version FROM ${s}.version) < 2 THEN
-- workers of version 1 end what they do: whoever stores begins with the first of these, and all others with the second,
-- after which some read the first
LOCK TABLE ${s}.message IN SHARE MODE;
LOCK TABLE ${s}.delivery IN ACCESS EXCLUSIVE MODE;
${endpointTablesOf(s)}
${deliveryTablesOf(s)}
${countTableOf(s)}
END IF;
IF (SELECT version FROM ${s}.version) < ${VERSION} THEN
${enqueueFunctionOf(s, channel)}
${commitFunctionOf(s)}
${roomFunctionOf(s)}
${sweepFunctionOf(s)}
${settleFunctionOf(s)}
${turnBackFunctionOf(s)}
${nextFunctionOf(s)}
${claimFunctionOf(s)}
${forgetFunctionOf(s)}
${cancelFunctionsOf(s)}
${redriveFunctionOf(s, channel)}
${publishFunctionsOf(s, channel)}
UPDATE ${s}.version SET version = ${VERSION}, oldest = ${OLDEST};
END IF;
END $ringback_migration$`
}
