// PGlite reads the data of a COPY only from the same piece of input as its statement, but a client sends them one after the other and waits
// for an answer in between. So the statement is answered here, and goes to the database together with the data when they are complete.
// https://www.postgresql.org/docs/current/protocol-message-formats.html
const statement = /^COPY\s+\S+\s*\(([^)]*)\)\s+FROM\s+STDIN\b(.*BINARY)?/is

/** Lets a database take COPY … (columns) FROM STDIN over a socket. */
export function acceptCopy(db) {
  const execute = db.execProtocolRawStream.bind(db)
  let pieces = null
  db.execProtocolRawStream = async (message, options) => {
    const type = String.fromCharCode(message[0])
    if (!'dcfHS'.includes(type)) pieces = null // no part of a COPY: the client that began one is gone
    if (pieces === null) {
      const copy = type === 'Q' ? statement.exec(Buffer.from(message.subarray(5)).toString()) : null
      if (copy === null) return execute(message, options)
      pieces = [message]
      return options.onRawData(copyInResponse(copy[1].split(',').length, copy[2] ? 1 : 0))
    }

    pieces.push(message)
    if (type === 'd') return // CopyData; CopyDone (c) and CopyFail (f) end it
    const whole = Buffer.concat(pieces)
    pieces = null
    const answer = []
    await execute(new Uint8Array(whole), { ...options, onRawData: data => answer.push(Buffer.from(data)) })
    options.onRawData(new Uint8Array(without('G', Buffer.concat(answer))))
  }
}

function copyInResponse(columns, format) {
  const message = Buffer.alloc(8 + 2 * columns)
  message.write('G')
  message.writeInt32BE(message.length - 1, 1)
  message.writeInt8(format, 5)
  message.writeInt16BE(columns, 6)
  for (let column = 0; column < columns; column++) message.writeInt16BE(format, 8 + 2 * column)
  return new Uint8Array(message)
}

function without(type, messages) {
  const kept = []
  for (let start = 0; start < messages.length;) {
    const end = start + 1 + messages.readInt32BE(start + 1)
    if (messages[start] !== type.charCodeAt(0)) kept.push(messages.subarray(start, end))
    start = end
  }

  return Buffer.concat(kept)
}
