using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Npgsql;
using Xunit;

namespace Contrastive.Tests.Retrieval;

[Collection(PostgresCollection.Name)]
public sealed class PostgresServerTests(PostgresServer server)
{
    /// <summary>The client speaks PostgreSQL's protocol itself, since Npgsql never leaves in silence.</summary>
    [Fact]
    public void A_client_lost_in_the_middle_of_a_COPY_does_not_spoil_the_next_one()
    {
        var port = new NpgsqlConnectionStringBuilder(server.ConnectionString).Port;
        Assert.SkipUnless(server.IsOurs, "The server is not that of tests/postgres.");
        using (var client = new TcpClient("127.0.0.1", port))
        {
            Send(client, null, [0, 3, 0, 0, .. "user\0postgres\0database\0postgres\0\0"u8]);
            ReadUntil(client, 'Z');
            Send(client, 'Q', "COPY lost (a, b) FROM STDIN (FORMAT BINARY)\0"u8.ToArray());
            ReadUntil(client, 'G');
        }

        Assert.Equal(1, server.Execute("SELECT 1"));
    }

    private static void Send(TcpClient client, char? type, byte[] content)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length + 4);
        client.GetStream().Write([.. Encoding.ASCII.GetBytes($"{type}"), .. length, .. content]);
    }

    private static void ReadUntil(TcpClient client, char type)
    {
        client.ReceiveTimeout = 60_000;
        var header = new byte[5];
        do
        {
            client.GetStream().ReadExactly(header);
            client.GetStream().ReadExactly(new byte[BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(1)) - 4]);
        }
        while (header[0] != type);
    }
}
