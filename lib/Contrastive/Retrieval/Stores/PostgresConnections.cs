using Npgsql;

namespace Contrastive.Retrieval;

/// <summary>Connections to one database, one at a time, and what to tell when one fails: host, port, database and user, never the password.</summary>
internal sealed class PostgresConnections : IDisposable
{
    private readonly Lock _lock = new();
    private readonly NpgsqlDataSource _source;
    private readonly string _place;
    private readonly string? _user;
    private bool _isDisposed;

    public PostgresConnections(string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        NpgsqlDataSourceBuilder builder;
        try
        {
            builder = new(connectionString);
            builder.UseVector();
            _source = builder.Build();
        }
        catch (Exception error) when (error is ArgumentException or FormatException or InvalidOperationException)
        {
            // The reader's own message may quote a piece of the password.
            throw new ArgumentException("The connection string cannot be read; expected 'Host=…;Port=5432;Database=…;Username=…;Password=…'.", nameof(connectionString));
        }

        var parts = builder.ConnectionStringBuilder;
        _user = parts.Username;
        _place = FormattableString.Invariant($"PostgreSQL at {parts.Host}:{parts.Port}, database '{parts.Database ?? parts.Username}'");
    }

    /// <summary>Opens a connection for some work, and closes it.</summary>
    /// <exception cref="InvalidOperationException">The database cannot be reached, or refuses.</exception>
    public T With<T>(Func<NpgsqlConnection, T> work)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(PostgresVectorStore));
            using var connection = Open();
            try
            {
                return work(connection);
            }
            catch (PostgresException error)
            {
                throw new InvalidOperationException($"{_place} refuses: {error.MessageText} ({error.SqlState}).{Advice(error.SqlState)}", error);
            }
            catch (NpgsqlException error)
            {
                throw new InvalidOperationException($"{_place}: the connection failed: {error.Message.TrimEnd('.')}. What was not finished was not stored.", error);
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _source.Dispose();
        }
    }

    private NpgsqlConnection Open()
    {
        try
        {
            return _source.OpenConnection();
        }
        catch (PostgresException error)
        {
            var advice = error.SqlState is PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification
                ? $" It does not let user '{_user}' in: check Username and Password in the connection string."
                : error.SqlState == PostgresErrorCodes.InvalidCatalogName ? " Create the database (createdb), or name another one in the connection string." : "";
            throw new InvalidOperationException($"{_place} refuses: {error.MessageText} ({error.SqlState}).{advice}", error);
        }
        catch (Exception error) when (error is NpgsqlException or TimeoutException)
        {
            throw new InvalidOperationException(
                $"{_place} cannot be reached: {error.Message.TrimEnd('.')}. Is the server running, and are Host and Port in the connection string right?", error);
        }
    }

    private static string Advice(string state) => state switch
    {
        PostgresErrorCodes.UndefinedTable => " The table was dropped or renamed; open the store anew.",
        PostgresErrorCodes.InsufficientPrivilege => " Ask the database's owner for the right to do so.",
        _ => "",
    };
}
