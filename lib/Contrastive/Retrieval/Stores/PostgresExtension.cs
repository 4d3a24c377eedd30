using Npgsql;

namespace Contrastive.Retrieval;

/// <summary>pgvector in a database.</summary>
internal static class PostgresExtension
{
    /// <summary>Creates the extension where it is missing.</summary>
    /// <returns>Its version.</returns>
    /// <exception cref="InvalidOperationException">The server does not have it, or the user may not create it.</exception>
    public static Version Ensure(NpgsqlConnection connection)
    {
        if (Installed(connection) is { } version)
            return version;
        try
        {
            using var create = new NpgsqlCommand("CREATE EXTENSION IF NOT EXISTS vector", connection);
            create.ExecuteNonQuery();
        }
        catch (PostgresException error) when (!PostgresRace.IsLost(error))
        {
            var advice = error.SqlState == PostgresErrorCodes.InsufficientPrivilege
                ? "a user with the right to do so must run CREATE EXTENSION vector in this database once"
                : "install it on the server (https://github.com/pgvector/pgvector), then open the store again";
            throw new InvalidOperationException(
                $"The database '{connection.Database}' at {connection.Host}:{connection.Port} has no extension 'vector' (pgvector): {error.MessageText} ({error.SqlState}). To use it, {advice}.", error);
        }

        connection.ReloadTypes();
        return Installed(connection)!;
    }

    private static Version? Installed(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand("SELECT extversion FROM pg_extension WHERE extname = 'vector'", connection);
        return command.ExecuteScalar() is string version ? Version.Parse(version) : null;
    }
}
