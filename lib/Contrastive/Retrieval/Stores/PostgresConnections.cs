using Npgsql;

namespace Contrastive.Retrieval;

/// <summary>Connections to one database, one at a time, and what to tell when one fails: host, port, database and user, never the password.</summary>
internal sealed class PostgresConnections : IDisposable
{
    /// <summary>A lost answer to COMMIT leaves open what became of it.</summary>
    private const string Unknown = "A change is stored as a whole or not at all, and it is not known which: do it again, which does no harm.";

    private readonly Lock _lock = new();
    private readonly NpgsqlDataSource _source;
    private readonly string _place;
    private readonly string? _user;
    private readonly int _timeout;
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
        _timeout = parts.CommandTimeout;
        WriteTimeout = parts.ShouldSerialize("Command Timeout") ? parts.CommandTimeout : 0;
        _user = parts.Username;
        _place = FormattableString.Invariant($"PostgreSQL at {parts.Host}:{parts.Port}, database '{parts.Database ?? parts.Username}'");
    }

    /// <summary>How long a statement that writes many rows may take, in seconds: as long as the server lets it (0), where the connection string
    /// does not say.</summary>
    public int WriteTimeout { get; }

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
            catch (NpgsqlException error) when (error.InnerException is TimeoutException)
            {
                throw new InvalidOperationException(FormattableString.Invariant(
                    $"{_place}: the answer took longer than Command Timeout={_timeout} seconds; raise it in the connection string (0 waits as long as it takes). {Unknown}"), error);
            }
            catch (NpgsqlException error)
            {
                throw new InvalidOperationException($"{_place}: the connection failed: {error.Message.TrimEnd('.')}. {Unknown}", error);
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
