// PostgreSQL with pgvector on the loopback interface, in memory. All connections share one session: what one sets, the next finds. Prints
// its port on the first line and ends when its standard input does, so that it never outlives the tests that started it.
//   node server.mjs [port] [--without-pgvector]      port 0, or none: a free one
import { PGlite } from '@electric-sql/pglite'
import { vector } from '@electric-sql/pglite-pgvector'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'
import { acceptCopy } from './copy.mjs'

const db = await PGlite.create({ extensions: process.argv.includes('--without-pgvector') ? {} : { vector } })
acceptCopy(db)

// More than one, since a client may open the next connection before the end of the last one was noticed.
const server = new PGLiteSocketServer({ db, maxConnections: 10, host: '127.0.0.1', port: Number(process.argv[2] ?? 0) })
server.addEventListener('listening', event => console.log(event.detail.port))
await server.start()
process.stdin.resume().on('end', () => process.exit(0)).on('error', () => process.exit(0))
