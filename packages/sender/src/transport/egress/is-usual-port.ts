// services that respond to an HTTP request not meant for them
const SERVICES: readonly number[] = [
  1433, // SQL Server
  1521, // Oracle
  2049, // NFS
  2375, // Docker
  2376, // Docker over TLS
  2379, // etcd
  2380, // etcd peers
  3306, // MySQL
  3389, // RDP
  4369, // Erlang port mapper
  5432, // PostgreSQL
  5672, // AMQP
  5900, // VNC
  5984, // CouchDB
  6379, // Redis
  6443, // Kubernetes API
  8086, // InfluxDB
  8500, // Consul
  9042, // Cassandra
  9092, // Kafka
  9200, // Elasticsearch
  9300, // Elasticsearch transport
  10250, // kubelet
  10255, // kubelet, read-only
  11211, // memcached
  27017, // MongoDB
  27018, // MongoDB shard
  27019, // MongoDB config server
]

// fetch itself refuses these: https://fetch.spec.whatwg.org/#port-blocking
const BAD_PORTS: readonly number[] = [
  1719, 1720, 1723, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679,
  6697, 10080,
]

const REFUSED: ReadonlySet<number> = new Set([...SERVICES, ...BAD_PORTS])

/**
 * Tells whether a callback may go to a port: 443, 80 if http is allowed, and 1024 or above except well-known services.
 *
 * @example
 * isUsualPort(8443, false) // true
 * isUsualPort(6379, false) // false
 * isUsualPort(80, false) // false
 */
export function isUsualPort(port: number, allowHttp: boolean): boolean {
  if (port === 443 || (port === 80 && allowHttp)) return true
  return port >= 1024 && port <= 65535 && !REFUSED.has(port)
}
